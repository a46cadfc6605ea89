import { isObject, isText, isWholeNumber, type JsonObject } from "./json-shape.ts";
import type { Notes } from "./notes.ts";
import { eventPath, parameterError, ruleError, type Rejection } from "./rejection.ts";
import { checkCustomData } from "./validate-custom-data.ts";
import { checkUserData } from "./validate-user-data.ts";

const DAY_SECONDS = 86_400;
const ACTION_SOURCES = new Set([
  "email",
  "website",
  "app",
  "phone_call",
  "chat",
  "physical_store",
  "system_generated",
  "business_messaging",
  "other",
]);
/** meta.md 1.4. Whether Meta refuses other keys here, as it does in user_data, is not established; the sandbox does. */
const EVENT_KEYS = new Set([
  "event_name",
  "event_time",
  "user_data",
  "action_source",
  "event_source_url",
  "event_id",
  "custom_data",
  "opt_out",
  "referrer_url",
  "data_processing_options",
  "data_processing_options_country",
  "data_processing_options_state",
  "original_event_data",
  "attribution_data",
  "app_data",
  "messaging_channel",
]);

export interface ValidEvent {
  name: string;
  /** Unix seconds. */
  time: number;
  id: string | undefined;
  actionSource: string;
  identityMask: number;
  raw: JsonObject;
}

export type EventVerdict = { ok: true; event: ValidEvent } | { ok: false; rejection: Rejection };

const refuse = (rejection: Rejection): EventVerdict => ({ ok: false, rejection });

/** One event against every rule of meta.md 1.4 to 1.8 and 2. `now` in ms; warnings go to `notes`. */
export function checkEvent(given: unknown, index: number, now: number, notes: Notes): EventVerdict {
  const path = eventPath(index);
  if (!isObject(given)) return refuse(parameterError("Expected an object", path));
  for (const key of Object.keys(given)) {
    if (!EVENT_KEYS.has(key))
      return refuse(parameterError(`Unexpected key ${JSON.stringify(key.slice(0, 64))}`, path));
    if (given[key] === null) return refuse(parameterError("Value must not be empty", `${path}['${key}']`));
  }
  const { event_name: name, event_time: time, action_source: source, event_id: id } = given;
  if (name === undefined) return refuse(parameterError('Missing key "event_name"', path));
  if (!isText(name)) return refuse(parameterError("Expected a string", `${path}['event_name']`));
  if (source === undefined) return refuse(parameterError('Missing key "action_source"', path));
  if (typeof source !== "string" || !ACTION_SOURCES.has(source)) {
    return refuse(parameterError("Expected a known action source", `${path}['action_source']`));
  }
  if (time === undefined) return refuse(parameterError('Missing key "event_time"', path));
  if (!isWholeNumber(time)) return refuse(parameterError("Expected unix seconds", `${path}['event_time']`));
  if (id !== undefined && !isText(id))
    return refuse(parameterError("Expected a string", `${path}['event_id']`));
  const rejection =
    checkTime(time, source, now) ?? checkOptional(given, path) ?? checkLimitedDataUse(given, path);
  if (rejection !== undefined) return refuse(rejection);
  const identity = checkUserData(given.user_data, path, notes);
  if (!identity.ok) return identity;
  const custom = checkCustomData(given.custom_data, name, path);
  if (custom !== undefined) return refuse(custom);
  const userData = isObject(given.user_data) ? given.user_data : {};
  if (source === "website") {
    // Documented as required, accepted without in live probes (meta.md 1.4): counted, not refused.
    if (userData.client_user_agent === undefined) notes.add("website_without_user_agent");
    if (given.event_source_url === undefined) notes.add("website_without_source_url");
  }
  if (id === undefined) notes.add("without_event_id");
  if (now - time * 1000 > 3_600_000) notes.add("sent_later_than_an_hour");
  return {
    ok: true,
    event: { name, time, id, actionSource: source, identityMask: identity.mask, raw: given },
  };
}

/** meta.md 1.5: 7 days, 62 for physical_store. The future has no documented tolerance; none is given. */
function checkTime(time: number, source: string, now: number): Rejection | undefined {
  if (time * 1000 > now) return ruleError(2804004);
  const days = source === "physical_store" ? 62 : 7;
  return now / 1000 - time > days * DAY_SECONDS ? ruleError(2804003) : undefined;
}

function checkOptional(event: JsonObject, path: string): Rejection | undefined {
  for (const key of ["event_source_url", "referrer_url", "messaging_channel"]) {
    if (event[key] !== undefined && !isText(event[key])) {
      return parameterError("Expected a string", `${path}['${key}']`);
    }
  }
  if (event.opt_out !== undefined && typeof event.opt_out !== "boolean") {
    return parameterError("Expected a boolean", `${path}['opt_out']`);
  }
  for (const key of ["original_event_data", "attribution_data", "app_data"]) {
    if (event[key] !== undefined && !isObject(event[key])) {
      return parameterError("Expected an object", `${path}['${key}']`);
    }
  }
  return undefined;
}

/** meta.md 1.8: `["LDU"]` or `[]`; country 0 or 1; state 0 or 1000 to 1013, which are states of country 1. */
function checkLimitedDataUse(event: JsonObject, path: string): Rejection | undefined {
  const options = event.data_processing_options;
  const country = event.data_processing_options_country;
  const state = event.data_processing_options_state;
  if (options !== undefined && !(Array.isArray(options) && options.every((option) => option === "LDU"))) {
    return parameterError('Expected ["LDU"] or []', `${path}['data_processing_options']`);
  }
  if (country !== undefined && country !== 0 && country !== 1) {
    return parameterError("Expected 0 or 1", `${path}['data_processing_options_country']`);
  }
  const stateKnown = state === 0 || (isWholeNumber(state) && state >= 1000 && state <= 1013 && country === 1);
  if (state !== undefined && !stateKnown) {
    return parameterError("Expected 0 or 1000 to 1013", `${path}['data_processing_options_state']`);
  }
  return undefined;
}

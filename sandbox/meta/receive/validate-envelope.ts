import { isObject, isText, type JsonObject } from "./json-shape.ts";
import type { Notes } from "./notes.ts";
import { parameterError, type Rejection } from "./rejection.ts";
import { checkEvent, type ValidEvent } from "./validate-event.ts";

const MAXIMUM_EVENTS = 1000;
const ENVELOPE_KEYS = new Set([
  "data",
  "test_event_code",
  "partner_agent",
  "platforms",
  "progress",
  "namespace_id",
  "upload_id",
  "upload_tag",
  "upload_source",
  "access_token",
  "appsecret_proof",
]);

export interface ValidRequest {
  events: ValidEvent[];
  testEventCode: string | undefined;
  partnerAgent: string | undefined;
}

export type EnvelopeVerdict = { ok: true; request: ValidRequest } | { ok: false; rejection: Rejection };

const refuse = (rejection: Rejection): EnvelopeVerdict => ({ ok: false, rejection });

/** The whole request (meta.md 1.3): 1 to 1,000 events, and one bad event refuses them all. */
export function checkEnvelope(body: JsonObject, now: number, notes: Notes): EnvelopeVerdict {
  for (const key of Object.keys(body)) if (!ENVELOPE_KEYS.has(key)) notes.add("unknown_envelope_key");
  const { data, test_event_code: testCode, partner_agent: agent } = body;
  if (data === undefined) return refuse(parameterError('Missing key "data"', "$"));
  if (!Array.isArray(data)) return refuse(parameterError("Expected a list", "$['data']"));
  if (data.length === 0) return refuse(parameterError("Expected at least one event", "$['data']"));
  if (data.length > MAXIMUM_EVENTS)
    return refuse(parameterError("Expected at most 1000 events", "$['data']"));
  if (testCode !== undefined && !isText(testCode)) {
    return refuse(parameterError("Expected a string", "$['test_event_code']"));
  }
  if (agent !== undefined && !isPartnerAgent(agent)) {
    return refuse(parameterError("Expected under 23 characters with 2 letters", "$['partner_agent']"));
  }
  const events: ValidEvent[] = [];
  for (const [index, item] of data.entries()) {
    const verdict = checkEvent(item, index, now, notes);
    if (!verdict.ok) return verdict;
    events.push(verdict.event);
  }
  return { ok: true, request: { events, testEventCode: testCode, partnerAgent: agent } };
}

function isPartnerAgent(agent: unknown): agent is string {
  return typeof agent === "string" && agent.length < 23 && (agent.match(/\p{L}/gu)?.length ?? 0) >= 2;
}

/** Form posts carry `data` as JSON text; a JSON body may too. Text that does not parse is left as it is. */
export function unfoldData(body: JsonObject): JsonObject {
  if (typeof body.data !== "string") return body;
  try {
    const data: unknown = JSON.parse(body.data);
    return Array.isArray(data) || isObject(data) ? { ...body, data } : body;
  } catch {
    return body;
  }
}

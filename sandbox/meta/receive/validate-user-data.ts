import { isIP } from "node:net";

import { HASHED_MASK, identityBit, isThin } from "./identity-keys.ts";
import { isNumericId, isObject, isText } from "./json-shape.ts";
import { parameterError, ruleError, type Rejection } from "./rejection.ts";
import type { Notes } from "./notes.ts";

/**
 * A hash as Meta's own libraries produce it: SHA-256 (or legacy MD5) in lowercase hex, perhaps with the Parameter
 * Builder's appendix of 8 (older: 2) base64url characters behind a dot (meta.md 2.5 and section 3).
 */
const HASH = /^(?:[0-9a-f]{64}|[0-9a-f]{32})(?:\.[A-Za-z0-9_-]{2}|\.[A-Za-z0-9_-]{8})?$/;
const EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/** Only the envelope is checked: real click IDs hold dashes, underscores and dots (meta.md 2.4). */
const CLICK_ID = /^fb\.\d{1,2}\.(\d{10,13})\.\S+$/;
const BROWSER_ID = /^fb\.\d{1,2}\.\d{10,13}\.\S+$/;
const IP_APPENDIX = /\.(?:[A-Za-z0-9_-]{8}|[A-Za-z0-9_-]{2})$/;
const NUMERIC = new Set(["fb_login_id", "lead_id"]);
const ID_OR_TEXT = new Set(["page_id", "ig_account_id", "page_scoped_user_id"]);

export type UserDataVerdict = { ok: true; mask: number } | { ok: false; rejection: Rejection };

const refuse = (rejection: Rejection): UserDataVerdict => ({ ok: false, rejection });

/** Checks `user_data` of one event; `path` is the event's place in the request. Returns the keys present as a mask. */
export function checkUserData(given: unknown, path: string, notes: Notes): UserDataVerdict {
  const place = `${path}['user_data']`;
  if (given === undefined) return refuse(parameterError('Missing key "user_data"', path));
  if (!isObject(given)) return refuse(parameterError("Expected an object", place));
  let mask = 0;
  for (const key of Object.keys(given)) {
    const bit = identityBit(key);
    if (bit === 0) return refuse(parameterError(`Unexpected key ${JSON.stringify(key.slice(0, 64))}`, place));
    const rejection = checkKey(key, bit, given[key], `${place}['${key}']`, notes);
    if (rejection !== undefined) return refuse(rejection);
    mask |= bit;
  }
  return isThin(mask) ? refuse(ruleError(2804050)) : { ok: true, mask };
}

function checkKey(
  key: string,
  bit: number,
  value: unknown,
  place: string,
  notes: Notes,
): Rejection | undefined {
  if (value === null || value === "") return parameterError("Value must not be empty", place);
  if ((bit & HASHED_MASK) !== 0) return checkEach(value, place, (item) => checkHash(item, place, notes));
  if (key === "external_id") {
    return checkEach(value, place, (item) =>
      isText(item) ? undefined : parameterError("Expected a string", place),
    );
  }
  if (key === "fbc") return checkClickId(value, place, notes);
  if (key === "fbp") {
    return typeof value === "string" && BROWSER_ID.test(value)
      ? undefined
      : parameterError("Expected the form fb.index.time.random", place);
  }
  if (key === "client_ip_address") {
    return typeof value === "string" && isAddress(value)
      ? undefined
      : parameterError("Expected an IP address", place);
  }
  if (NUMERIC.has(key)) return isNumericId(value) ? undefined : parameterError("Expected an integer", place);
  if (ID_OR_TEXT.has(key) && isNumericId(value)) return undefined;
  return isText(value) ? undefined : parameterError("Expected a string", place);
}

/** Hashed keys and external_id take one value or a list of them. */
function checkEach(
  value: unknown,
  place: string,
  check: (item: unknown) => Rejection | undefined,
): Rejection | undefined {
  if (!Array.isArray(value)) return check(value);
  if (value.length === 0) return parameterError("Value must not be empty", place);
  for (const item of value) {
    const rejection = check(item);
    if (rejection !== undefined) return rejection;
  }
  return undefined;
}

function checkHash(item: unknown, place: string, notes: Notes): Rejection | undefined {
  if (typeof item !== "string") return parameterError("Expected a string", place);
  if (!HASH.test(item)) return parameterError("Value is not hashed with SHA-256", place);
  if (item.startsWith(EMPTY_HASH)) notes.add("hash_of_empty_string");
  return undefined;
}

function checkClickId(value: unknown, place: string, notes: Notes): Rejection | undefined {
  if (typeof value !== "string") return parameterError("Expected a string", place);
  const match = CLICK_ID.exec(value);
  if (match === null) return ruleError(2804001);
  if (match[1]?.length !== 13) notes.add("fbc_time_not_in_milliseconds");
  return undefined;
}

function isAddress(value: string): boolean {
  return isIP(value) !== 0 || isIP(value.replace(IP_APPENDIX, "")) !== 0;
}

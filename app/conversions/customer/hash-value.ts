import { hash } from "node:crypto";
import type { Hashed } from "../model.ts";

/**
 * 64 hex digits, perhaps with what Meta's Parameter Builder appends to its own hashes (a dot and 8 base64url
 * characters, formerly 2).
 */
const SHA256 = /^([0-9a-f]{64})(?:\.(?:[\w-]{8}|[\w-]{2}))?$/i;

/**
 * The hash inside a text that is one already, lower case and without appendix; undefined for any other text.
 * Such a value must never be hashed again (Meta: "customer information parameters").
 */
export function readHash(text: string): Hashed | undefined {
  return SHA256.exec(text.trim())?.[1]?.toLowerCase() as Hashed | undefined;
}

/**
 * SHA-256 of the UTF-8 bytes as 64 lower-case hex digits; a text that is a hash already is passed through.
 *
 * @param normalised a value normalised for its key, never empty
 */
export function hashValue(normalised: string): Hashed {
  return readHash(normalised) ?? (hash("sha256", normalised, "hex") as Hashed);
}

import { cleanText, drop, keep } from "./clean-text.ts";
import type { Normalised } from "./clean-text.ts";

/** RFC 5321: 254 characters for the whole, 64 for the part before the @. */
const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;

/** Dot-separated atoms (RFC 5322), with letters of every script (RFC 6531); quoted forms are not used in shops. */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;

/**
 * Trimmed and lower case, nothing else: dots and +tags belong to the address
 * (Meta: John_Smith@gmail.com → john_smith@gmail.com).
 */
export function normaliseEmail(raw: string): Normalised {
  const clean = cleanText(raw, MAX_LENGTH);
  if (!clean.ok) return clean;
  const email = clean.value.toLowerCase().normalize("NFC");
  return isEmail(email) ? keep(email) : drop("not_an_email");
}

function isEmail(email: string): boolean {
  const at = email.lastIndexOf("@");
  if (at < 1 || at > MAX_LOCAL_LENGTH || !LOCAL_PART.test(email.slice(0, at))) return false;
  const labels = email.slice(at + 1).split(".");
  const top = labels.at(-1) ?? "";
  return (
    labels.length >= 2 &&
    top.length >= 2 &&
    !/^[0-9]+$/.test(top) &&
    labels.every((label) => LABEL.test(label))
  );
}

import { cleanText, drop, keep } from "../clean-text.ts";
import type { Normalised } from "../clean-text.ts";
import { isStandInMailbox } from "./placeholders.ts";

/** RFC 5321: 254 characters for the whole, 64 for the part before the @. */
const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;

/**
 * The characters of RFC 5322 atoms, with letters of every script (RFC 6531). Dots may stand anywhere, also two in a
 * row: Japanese carriers gave such addresses out for years, and their owners still read mail there.
 */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]+$/u;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;
const PLAIN_ASCII = /^[\x20-\x7e]*$/;
/** Letters, digits and signs of East Asian keyboards (U+FF01 to U+FF5E) and the full stops that they type for a dot. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const IDEOGRAPHIC_STOP = /[\u3002\uff61]/g;
const FULL_WIDTH_OFFSET = 0xfee0;

/**
 * Trimmed and lower case, nothing else: dots and +tags belong to the address, and a domain stays as it was typed, in
 * Unicode or in punycode (Meta: John_Smith@gmail.com → john_smith@gmail.com).
 *
 * Two things are no letter case to the eye but are to the bytes: full-width forms become ASCII, and a Turkish capital
 * İ becomes i, since nobody's mailbox holds the combining dot that Unicode's lower case would leave behind. An address
 * in quotes (`"a..b"@example.jp`) is the mailbox without them.
 */
export function normaliseEmail(raw: string): Normalised {
  const clean = cleanText(raw, MAX_LENGTH);
  if (!clean.ok) return clean;
  const email = unquote(toPlainForm(clean.value).toLowerCase());
  if (!isEmail(email)) return drop("not_an_email");
  return isStandInMailbox(email) ? drop("placeholder") : keep(email);
}

function toPlainForm(text: string): string {
  if (PLAIN_ASCII.test(text)) return text;
  return text
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(IDEOGRAPHIC_STOP, ".")
    .toLowerCase()
    .replaceAll("i\u0307", "i")
    .normalize("NFC")
    .trim();
}

function unquote(email: string): string {
  const quoted = /^"([^"\\]+)"(@[^@]*)$/.exec(email);
  return quoted === null ? email : `${quoted[1] ?? ""}${quoted[2] ?? ""}`;
}

function isEmail(email: string): boolean {
  const at = email.lastIndexOf("@");
  if (at < 1 || at > MAX_LOCAL_LENGTH) return false;
  const local = email.slice(0, at);
  if (!LOCAL_PART.test(local) || !/[^.]/.test(local)) return false;
  const labels = email.slice(at + 1).split(".");
  const top = labels.at(-1) ?? "";
  return (
    labels.length >= 2 &&
    top.length >= 2 &&
    !/^[0-9]+$/.test(top) &&
    labels.every((label) => LABEL.test(label))
  );
}

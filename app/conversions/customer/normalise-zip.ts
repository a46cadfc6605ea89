import { toAsciiDigits } from "./ascii-digits.ts";
import { cleanText, drop, keep } from "../clean-text.ts";
import type { Normalised } from "../clean-text.ts";
import { toLetters } from "./normalise-name.ts";
import { isPlaceholder } from "./placeholders.ts";
import { withoutCountryPrefix } from "./postcode-prefixes.ts";
import { readUsState } from "./us-states.ts";

const MAX_ZIP_LENGTH = 32;
/** The longest official codes have ten characters (Iran); more is a phone number or a sentence. */
const MAX_CODE_LENGTH = 12;

/** The US and its territories, which have ISO codes of their own and ZIP codes of the US. */
const ZIP_CODE_COUNTRIES: ReadonlySet<string> = new Set("US PR VI GU AS MP UM".split(" "));
/** Numbers that the USPS has given to no place (000 to 004 are no prefixes, 888 is not in use). */
const NO_ZIP_CODE = /^(?:00[0-4]..|888..|11111|99999)$/;

const PLAIN_ASCII = /^[\0-\x7f]*$/;
/** Letters by Unicode, dashes on Japanese and Korean keyboards: U+30FC, U+4E00, U+3161; NFKC has done U+FF70. */
const DASHES_OF_KEYBOARDS = /(?<=[0-9])\s*[\u30fc\u4e00\u3161\u1173]\s*(?=[0-9])/g;
/** A spreadsheet's decimal: "80331.0". */
const DECIMAL = /^([0-9]{4,})\.0$/;

/**
 * Lower case, letters and digits only (Meta: 94035, m11ae); in the US the first five digits. Digits of every script
 * become ASCII: a postcode is a number, whatever keyboard it was typed on.
 *
 * Where the code was typed with a dash, a second candidate is the part before it ("87093-030": 87093030 and 87093).
 * Meta's documents say "no dash", but both of its libraries, and so presumably its Pixel, hash the part before the
 * dash (docs/decisions/0642-two-forms-of-a-place.md).
 *
 * @param country ISO alpha-2, upper case
 */
export function normaliseZips(raw: string, country: string | undefined): readonly Normalised[] {
  const clean = cleanText(raw, MAX_ZIP_LENGTH);
  if (!clean.ok) return [clean];
  const text = withoutCountryPrefix(toPlainForm(clean.value).toLowerCase().replace(DECIMAL, "$1"), country);
  const zip = toLetters(text);
  if (zip === "") return [drop("empty")];
  if (country !== undefined && ZIP_CODE_COUNTRIES.has(country)) return [readZipCode(zip)];
  const problem = problemOf(zip, clean.value, country);
  if (problem !== undefined) return [problem];
  const beforeDash = PLAIN_ASCII.test(clean.value) ? partBeforeDash(text) : undefined;
  return beforeDash === undefined ? [keep(zip)] : [keep(zip), keep(beforeDash)];
}

/** Five or nine digits, perhaps behind the state or the country ("CA 90210", "US-90210"). */
function readZipCode(zip: string): Normalised {
  const [, before = "", code = ""] = /^([a-z]*)([0-9]{5})(?:[0-9]{4})?$/.exec(zip) ?? [];
  const mayStandBefore = before === "" || /^(?:us|usa|zip|zipcode)$/.test(before);
  if (code === "" || !(mayStandBefore || readUsState(before) !== undefined)) return drop("not_a_zip");
  return NO_ZIP_CODE.test(code) ? drop("placeholder") : keep(code);
}

function problemOf(zip: string, text: string, country: string | undefined): Normalised | undefined {
  if (isPlaceholder(text, zip) || /^0+$/.test(zip)) return drop("placeholder");
  // Bermuda's post boxes have codes of four letters (HM FX); every other code has a digit.
  const hasDigit = /[0-9]/.test(zip) || (country === "BM" && /^[a-z]{4}$/.test(zip));
  return hasDigit && zip.length > 1 && zip.length <= MAX_CODE_LENGTH ? undefined : drop("not_a_zip");
}

/** Undefined where there is no such part, or it is a single character or a prefix of letters. */
function partBeforeDash(text: string): string | undefined {
  const dash = text.indexOf("-");
  if (dash < 0) return undefined;
  const part = toLetters(text.slice(0, dash));
  const rest = toLetters(text.slice(dash + 1));
  return part.length >= 2 && rest !== "" && /[0-9]/.test(part) ? part : undefined;
}

function toPlainForm(text: string): string {
  if (PLAIN_ASCII.test(text)) return text;
  return toAsciiDigits(text.normalize("NFKC"))
    .replace(DASHES_OF_KEYBOARDS, "-")
    .replace(/^[^\p{L}\p{N}]+/u, "")
    .trim();
}

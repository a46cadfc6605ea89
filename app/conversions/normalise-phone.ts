import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { cleanText, drop, keep } from "./clean-text.ts";
import type { Normalised } from "./clean-text.ts";

const MAX_LENGTH = 64;
/** With a plus the number brings its own country code; pasted links may start with "tel:". */
const INTERNATIONAL = /^(?:tel:)?\s*\+/i;

/**
 * Ranges that the numbering plans reserve for fiction (NANP 555-0100 to 0199, Ofcom 07700 900xxx and 01632 960xxx).
 * `libphonenumber` calls them invalid because nobody can own one. Documentation and test orders are full of them, they
 * are right in form, and their hash can match no one, so they count as valid.
 */
const FICTIONAL = /^(?:1[2-9][0-9]{2}55501[0-9]{2}|447700900[0-9]{3}|441632960[0-9]{3})$/;

/**
 * E.164 digits without the plus (Meta: US (650)555-1212 → 16505551212). The country code is mandatory, so a national
 * number needs the region that it was written in; one that is not valid in that numbering plan is dropped, because
 * the hash of a wrong number can only match somebody else.
 *
 * @param region ISO alpha-2, upper case, of the address beside the number
 */
export function normalisePhone(raw: string, region: string | undefined): Normalised {
  const clean = cleanText(raw, MAX_LENGTH);
  if (!clean.ok) return clean;
  const text = clean.value.normalize("NFKC"); // full-width digits and plus signs
  const country = region !== undefined && isSupportedCountry(region) ? region : undefined;
  if (country === undefined && !INTERNATIONAL.test(text)) {
    return drop(/[0-9]/.test(text) ? "phone_without_country" : "not_a_valid_phone_number");
  }
  const phone = parsePhoneNumberFromString(text, country);
  const digits = phone?.number.slice(1) ?? "";
  return phone?.isValid() === true || FICTIONAL.test(digits)
    ? keep(digits)
    : drop("not_a_valid_phone_number");
}

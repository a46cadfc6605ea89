/**
 * What the world's numbering plans say, by Google's full metadata (`libphonenumber-js/max`; server only, it is large).
 * Everything here speaks of E.164 digits without the plus.
 */
import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";

export interface Region {
  /** ISO alpha-2, upper case. */
  readonly code: string;
  /** "49" */
  readonly callingCode: string;
  /** What is dialled there before a foreign country code, at the start of a text of digits. */
  readonly internationalPrefix: RegExp;
  /** Calling codes whose national numbers are dialled from there like those of the region itself. */
  readonly dialledAlike: readonly string[];
}

/** Shortest and longest text of digits that any plan has a number for; the longest has a trunk prefix in the middle. */
const MIN_DIGITS = 6;
const MAX_DIGITS = 20;

/**
 * Ranges that the numbering plans reserve for fiction (NANP 555-0100 to 0199, Ofcom 07700 900xxx and 01632 960xxx).
 * `libphonenumber` calls them invalid because nobody can own one. Documentation and test orders are full of them, they
 * are right in form, and their hash can match no one, so they count as valid.
 */
const FICTIONAL = /^(?:1[2-9][0-9]{2}55501[0-9]{2}|447700900[0-9]{3}|441632960[0-9]{3})$/;

/** Mexico dropped the mobile digit 1 and the prefixes 01, 044 and 045 in August 2019; address books keep them. */
const FORMER_MEXICAN_PREFIX = /^52(?:1|01|04[45])(?=[0-9]{10}$)/;

/**
 * France and its overseas departments dial each other with 0 and nine digits, though each has its own country code.
 * These first digits belong to one of the departments (ARCEP), so "+33 692 …" and "0692 …" in Paris mean +262 692.
 */
const FRENCH_CODES = ["33", "262", "590", "594", "596"];
const OVERSEAS_CODES = FRENCH_CODES.slice(1);
const OVERSEAS_WITH_FRENCH_CODE = /^33(?=0?(?:26[239]|59[046]|639|69[0-467])[0-9]{6}$)/;

/** In use beside those of the metadata. */
const MORE_INTERNATIONAL_PREFIXES: Readonly<Record<string, string>> = { ID: "00[17]" };

const CALLING_CODES: ReadonlySet<string> = new Set(getCountries().map((code) => getCountryCallingCode(code)));

const regions = new Map<string, Region | undefined>();

/** @param code ISO alpha-2; undefined or without a numbering plan (Antarctica): undefined */
export function findRegion(code: string | undefined): Region | undefined {
  if (code === undefined) return undefined;
  if (!regions.has(code)) regions.set(code, readRegion(code));
  return regions.get(code);
}

function readRegion(code: string): Region | undefined {
  if (!isSupportedCountry(code)) return undefined;
  const metadata = new Metadata();
  metadata.selectNumberingPlan(code);
  const callingCode: string = getCountryCallingCode(code);
  const prefixes = [
    metadata.numberingPlan?.IDDPrefix() ?? "00",
    MORE_INTERNATIONAL_PREFIXES[code] ?? [],
  ].flat();
  return {
    code,
    callingCode,
    internationalPrefix: new RegExp(`^(?:${prefixes.join("|")})(?=[1-9])`),
    dialledAlike: FRENCH_CODES.includes(callingCode)
      ? FRENCH_CODES.filter((other) => other !== callingCode)
      : [],
  };
}

/** `readInternational`, perhaps with a memory. */
export type ReadInternational = typeof readInternational;

/** A `readInternational` that asks the numbering plans once for each text of digits. Made for one order, then dropped. */
export function rememberInternational(): ReadInternational {
  const known = new Map<string, string | undefined>();
  return (digits) => {
    if (!known.has(digits)) known.set(digits, readInternational(digits));
    return known.get(digits);
  };
}

/**
 * The E.164 digits of what follows a plus, or undefined where no such number can exist. A trunk prefix behind the
 * country code ("+44 020 …") and digits that a plan no longer has are taken out.
 *
 * @param digits country code and number, digits only
 */
export function readInternational(digits: string): string | undefined {
  if (FICTIONAL.test(digits)) return digits;
  if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS || digits.startsWith("0")) return undefined;
  if (OVERSEAS_WITH_FRENCH_CODE.test(digits)) {
    const found = OVERSEAS_CODES.map((code) => readValid(digits.replace(OVERSEAS_WITH_FRENCH_CODE, code)));
    return found.find((number) => number !== undefined);
  }
  return (
    readValid(digits) ??
    (FORMER_MEXICAN_PREFIX.test(digits) ? readValid(digits.replace(FORMER_MEXICAN_PREFIX, "52")) : undefined)
  );
}

function readValid(digits: string): string | undefined {
  const phone = parsePhoneNumberFromString(`+${digits}`);
  if (phone === undefined) return undefined;
  const number = phone.number.slice(1);
  return (phone.isValid() && !isPlaceholder(phone.nationalNumber)) || FICTIONAL.test(number)
    ? number
    : undefined;
}

/** What people type who do not want to give a number, also where the plan has room for it. */
function isPlaceholder(digits: string): boolean {
  return /^([0-9])\1*$/.test(digits) || digits === "1234567890" || digits === "9876543210";
}

/** Whether the text is a country code by itself. */
export function isCallingCode(digits: string): boolean {
  return CALLING_CODES.has(digits);
}

/** The country code that a number begins with; no code begins with another. */
export function callingCodeOf(number: string): string | undefined {
  return [1, 2, 3].map((length) => number.slice(0, length)).find(isCallingCode);
}

/** Certainly a mobile number by its plan. */
export function isMobile(number: string): boolean {
  return parsePhoneNumberFromString(`+${number}`)?.getType() === "MOBILE";
}

/** A mobile number, or one of a plan that does not keep the two apart (North America). */
export function couldBeMobile(number: string): boolean {
  const type = parsePhoneNumberFromString(`+${number}`)?.getType();
  return type === "MOBILE" || type === "FIXED_LINE_OR_MOBILE";
}

/** Whether these digits, and no trunk prefix before them, are how the number is written in its own country. */
export function isWrittenWithoutTrunkPrefix(number: string, digits: string): boolean {
  return (
    parsePhoneNumberFromString(`+${number}`)
      ?.formatNational()
      .replace(/[^0-9]/g, "") === digits
  );
}

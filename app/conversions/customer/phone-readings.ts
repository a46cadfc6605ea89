/**
 * Which number a typed text can mean. A text without a plus has several readings: a national number, a country code
 * without its plus, an international prefix. All are tried; where two of them are valid numbers of different people,
 * there is no answer, because the hash of a wrong number can only match somebody else.
 */
import {
  callingCodeOf,
  couldBeMobile,
  isCallingCode,
  isMobile,
  isWrittenWithoutTrunkPrefix,
} from "./phone-numbering-plans.server.ts";
import type { ReadInternational, Region } from "./phone-numbering-plans.server.ts";
import type { TypedPhone } from "./read-phone-text.ts";

/** A number is E.164 without the plus. */
export type PhoneReading =
  | { readonly kind: "number"; readonly number: string; readonly withPlus: boolean }
  | { readonly kind: "ambiguous" }
  | { readonly kind: "needs_country" }
  | { readonly kind: "invalid" };

/**
 * Whether a text without a plus is this very number, written as in its own country. Another phone of the same order
 * settles so what the address beside the text would read as somebody else's number.
 *
 * @param number E.164 digits
 */
export function isNationalFormOf(
  number: string,
  typed: TypedPhone,
  readInternational: ReadInternational,
): boolean {
  if (typed.plus || typed.digits.length < 7) return false;
  const code = callingCodeOf(number);
  return code !== undefined && readInternational(code + typed.digits) === number;
}

const INVALID: PhoneReading = { kind: "invalid" };

/** What is the same for every text of a field. */
interface Context {
  readonly region: Region | undefined;
  readonly readInternational: ReadInternational;
}

export function readTypedPhone(typed: TypedPhone, context: Context): PhoneReading {
  if (typed.withoutBracketedZero === undefined) return readDigits(typed, typed.digits, context);
  return agree([
    readDigits(typed, typed.withoutBracketedZero, context),
    readDigits(typed, typed.digits, context),
  ]);
}

function readDigits(typed: TypedPhone, digits: string, context: Context): PhoneReading {
  const { region, readInternational } = context;
  // no country code begins with 0: "+0049", "+049", or a plus before a national number
  const afterZeros = digits.replace(/^0+/, "");
  if (typed.plus && digits === afterZeros) return readPlus(typed, digits, context);
  const zeros = digits.length - afterZeros.length;
  const afterPrefix =
    zeros >= 2 || typed.plus
      ? afterZeros.startsWith("11") // "0011 …" is Australia's prefix, not a second trunk 1 in North America
        ? undefined
        : readInternational(afterZeros)
      : undefined;
  if (region === undefined) {
    if (afterPrefix !== undefined) return found(afterPrefix, true);
    return typed.plus || zeros >= 2 ? INVALID : { kind: "needs_country" };
  }
  if (isKeyRun(typed, digits)) return INVALID;
  const national = readNational(digits, region, readInternational);
  const own = readOwnCode(digits, region, readInternational);
  if (own !== undefined && isPlainlyOwnMobile(own, national, digits)) return found(own);
  const prefix = region.internationalPrefix.exec(digits)?.[0] ?? "";
  const dialled = prefix.length >= 2 ? readInternational(digits.slice(prefix.length)) : undefined;
  return decide([...national, own, ...chooseByGroups(typed, prefix, { afterPrefix, dialled }, region)]);
}

/** "49 171 …" and "049 171 …" in Germany. North America has no 0 that could be mistaken for a part of the code. */
function readOwnCode(
  digits: string,
  { callingCode }: Region,
  readInternational: ReadInternational,
): string | undefined {
  const start = callingCode === "1" ? 0 : digits.startsWith("0") ? 1 : 0;
  return digits.startsWith(callingCode, start) ? readInternational(digits.slice(start)) : undefined;
}

/**
 * "00" and the region's own prefix may both fit: "0066 2…" in Thailand, where 006 leads abroad by one carrier. The
 * groups tell ("0066 2", "006 62"); without them the region's own country code is the likelier.
 */
function chooseByGroups(
  { plus, firstGroup }: TypedPhone,
  prefix: string,
  { afterPrefix, dialled }: Readonly<Record<"afterPrefix" | "dialled", string | undefined>>,
  region: Region,
): readonly (string | undefined)[] {
  if (afterPrefix === undefined || dialled === undefined) return [afterPrefix ?? dialled];
  if (plus) return [afterPrefix]; // "+0049"
  const endsAfter = (start: string) =>
    firstGroup === start || (firstGroup.startsWith(start) && isCallingCode(firstGroup.slice(start.length)));
  const asZeros = endsAfter("00");
  const asPrefix = endsAfter(prefix);
  if (asZeros !== asPrefix) return [asZeros ? afterPrefix : dialled];
  return afterPrefix.startsWith(region.callingCode) && !asPrefix ? [afterPrefix] : [afterPrefix, dialled];
}

/**
 * A plus says that a country code follows, and that holds wherever such a number exists. Some people type it before a
 * national number all the same. That reading counts only in the form in which it is written in its own country (so with
 * the trunk prefix, where there is one), and never where a country code stands apart ("+32 2 …"). Where both
 * exist, a mobile number abroad is taken for what it says; otherwise neither is sure.
 */
function readPlus(typed: TypedPhone, digits: string, { region, readInternational }: Context): PhoneReading {
  const international = readInternational(digits);
  const codeStandsApart = typed.firstGroup !== typed.digits && isCallingCode(typed.firstGroup);
  if (
    region === undefined ||
    codeStandsApart ||
    international?.startsWith(region.callingCode) === true ||
    isKeyRun(typed, digits)
  ) {
    return international === undefined ? INVALID : found(international, true);
  }
  const [national] = readNational(digits, region, readInternational).filter(
    (number) => number !== international && isWrittenWithoutTrunkPrefix(number, digits),
  );
  if (international === undefined) return decide([national]);
  if (national === undefined) return found(international, true);
  const isSure = isMobile(international) || (couldBeMobile(international) && !couldBeMobile(national));
  return isSure ? found(international, true) : { kind: "ambiguous" };
}

/** The region's own number; only where it has none such, that of a region which is dialled alike. */
function readNational(
  digits: string,
  region: Region,
  readInternational: ReadInternational,
): readonly string[] {
  const read = (code: string) => readInternational(code + digits) ?? [];
  const own = [region.callingCode].flatMap(read);
  return own.length > 0 ? own : region.dialledAlike.flatMap(read);
}

/**
 * "491713920012" in Germany is a mobile number that lost its plus. As a national number it would be a landline of twelve
 * digits without its trunk 0; such lines are not given out, though Google's patterns have room for them.
 */
function isPlainlyOwnMobile(own: string, national: readonly string[], digits: string): boolean {
  return digits.length >= 12 && own === digits && isMobile(own) && !national.some(couldBeMobile);
}

/** "1234567890", "987654321", one key repeated, and 0 to 9 in one go: fingers along the keys, whatever a plan says. */
function isKeyRun(typed: TypedPhone, digits: string): boolean {
  return (
    /^([0-9])\1*$/.test(digits) ||
    "12345678901234567890".startsWith(digits) ||
    "98765432109876543210".startsWith(digits) ||
    (typed.firstGroup === typed.digits && "01234567890123456789".startsWith(digits))
  );
}

function found(number: string, withPlus = false): PhoneReading {
  return { kind: "number", number, withPlus };
}

function decide(candidates: readonly (string | undefined)[]): PhoneReading {
  const distinct = new Set(candidates.filter((number) => number !== undefined));
  const [first] = distinct;
  if (first === undefined) return INVALID;
  return distinct.size > 1 ? { kind: "ambiguous" } : found(first);
}

/** One answer for two ways to write the same thing: the valid one, and none where they differ. */
function agree(readings: readonly [PhoneReading, PhoneReading]): PhoneReading {
  const [first, second] = readings;
  if (first.kind === "invalid") return second;
  if (second.kind === "invalid") return first;
  if (first.kind === "number" && second.kind === "number" && first.number !== second.number) {
    return { kind: "ambiguous" };
  }
  return first.kind === "number" ? second : first;
}

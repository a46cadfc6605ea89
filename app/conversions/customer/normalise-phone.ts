import { cleanText, drop, keep } from "../clean-text.ts";
import type { Normalised } from "../clean-text.ts";
import { findRegion, readInternational, rememberInternational } from "./phone-numbering-plans.server.ts";
import type { ReadInternational } from "./phone-numbering-plans.server.ts";
import { isNationalFormOf, readTypedPhone } from "./phone-readings.ts";
import type { PhoneReading } from "./phone-readings.ts";
import { readPhoneText } from "./read-phone-text.ts";
import type { TypedPhone, TypedPhones } from "./read-phone-text.ts";

const MAX_LENGTH = 64;

export interface PhoneField {
  readonly raw: string;
  /** ISO alpha-2, upper case, of the address beside the number. */
  readonly region: string | undefined;
}

interface ReadField {
  readonly typed: TypedPhone | undefined;
  readonly readings: readonly PhoneReading[];
}

/**
 * E.164 digits without the plus (Meta: US (650)555-1212 → 16505551212), valid in their numbering plan, of every number
 * in a field. The country code is mandatory, so a national number needs the region that it was written in. What could
 * be two people's numbers is dropped, because the hash of a wrong number can only match somebody else.
 *
 * @returns the numbers as they stand in the text, or one reason why there is none
 */
export function normalisePhones(raw: string, region: string | undefined): readonly Normalised[] {
  const field = readField({ raw, region }, readInternational);
  return "ok" in field ? [field] : conclude(field.readings);
}

/** The first number of `normalisePhones`. */
export function normalisePhone(raw: string, region: string | undefined): Normalised {
  return normalisePhones(raw, region)[0] ?? drop("not_a_valid_phone_number");
}

/**
 * As `normalisePhones`, for the phones of one order. Each distinct text is read once. A number that stands in one field
 * with its plus and in another as it is written in its own country is one number, whatever address stands beside it.
 *
 * @returns one list a field, in order
 */
export function normalisePhonesTogether(fields: readonly PhoneField[]): readonly (readonly Normalised[])[] {
  const keyOf = ({ raw, region }: PhoneField) => `${region ?? ""} ${raw}`;
  const asked = rememberInternational();
  const read = new Map<string, ReadField | Normalised>();
  for (const field of fields) {
    if (!read.has(keyOf(field))) read.set(keyOf(field), readField(field, asked));
  }
  const known = [...read.values()].flatMap((field) => ("ok" in field ? [] : numbersWithPlus(field.readings)));
  const concluded = new Map(
    [...read].map(([key, field]) => [key, "ok" in field ? [field] : settle(field, known, asked)]),
  );
  return fields.map((field) => concluded.get(keyOf(field)) ?? []);
}

function numbersWithPlus(readings: readonly PhoneReading[]): readonly string[] {
  return readings.flatMap((reading) =>
    reading.kind === "number" && reading.withPlus ? [reading.number] : [],
  );
}

function settle(
  { typed, readings }: ReadField,
  known: readonly string[],
  asked: ReadInternational,
): readonly Normalised[] {
  const same =
    typed === undefined ? undefined : known.find((number) => isNationalFormOf(number, typed, asked));
  return same === undefined ? conclude(readings) : [keep(same)];
}

function readField({ raw, region }: PhoneField, asked: ReadInternational): ReadField | Normalised {
  const clean = cleanText(raw, MAX_LENGTH);
  if (!clean.ok) return clean;
  const text = readPhoneText(clean.value);
  return {
    typed: text.whole,
    readings: readAll(text, { region: findRegion(region), readInternational: asked }),
  };
}

/**
 * "030/1234567" is one number, "030 1234567/8" could be one or two, and "030 1234567, 030 7654321" are two. A second
 * number that is much shorter than the first was cut short ("0171 3920012, 13").
 */
function readAll(
  { whole, parts }: TypedPhones,
  context: Parameters<typeof readTypedPhone>[1],
): readonly PhoneReading[] {
  const read = (typed: TypedPhone | undefined): PhoneReading =>
    typed === undefined ? { kind: "invalid" } : readTypedPhone(typed, context);
  const one = read(whole);
  const [first, ...others] = parts.map(read);
  if (first?.kind !== "number") return [one];
  if (one.kind === "number" && one.number === first.number) return [one];
  if (one.kind !== "invalid") return [{ kind: "ambiguous" }];
  return [
    first,
    ...others.filter((other) => other.kind === "number" && other.number.length >= first.number.length - 1),
  ];
}

function conclude(readings: readonly PhoneReading[]): readonly Normalised[] {
  const numbers = readings.flatMap((reading) => (reading.kind === "number" ? [reading.number] : []));
  return numbers.length > 0 ? [...new Set(numbers)].map(keep) : [drop(reasonOf(readings[0]))];
}

function reasonOf(reading: PhoneReading | undefined) {
  if (reading?.kind === "ambiguous") return "ambiguous_phone_number";
  return reading?.kind === "needs_country" ? "phone_without_country" : "not_a_valid_phone_number";
}

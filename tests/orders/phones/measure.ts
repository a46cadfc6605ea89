/** How often a spelling of a known number is read right, not at all, or as somebody else's number. */
import { getCountries, getCountryCallingCode, Metadata } from "libphonenumber-js/max";
import type { CountryCode } from "libphonenumber-js/max";
import { normalisePhones, normalisePhonesTogether } from "#app/conversions/customer/normalise-phone.ts";
import type { PhoneField } from "#app/conversions/customer/normalise-phone.ts";
import {
  hasTrunkPrefix,
  INTERNATIONAL_SPELLINGS,
  NATIONAL_SPELLINGS,
  PLUS_WITHOUT_TRUNK_PREFIX,
  readExampleNumbers,
} from "./spellings.ts";
import type { ExampleNumber, Spelling } from "./spellings.ts";

export interface Tally {
  readonly situation: string;
  readonly hits: number;
  readonly none: number;
  readonly wrong: number;
  /** The first few wrong ones, for the message of a failing test. */
  readonly examples: readonly string[];
}

interface Trial {
  readonly field: PhoneField;
  readonly expected: string;
  /** Another phone of the same order. */
  readonly beside?: PhoneField;
}

function tally(situation: string, trials: Iterable<Trial>): Tally {
  const counts = { hits: 0, none: 0, wrong: 0 };
  const examples: string[] = [];
  for (const { field, expected, beside } of trials) {
    const results =
      beside === undefined
        ? normalisePhones(field.raw, field.region)
        : (normalisePhonesTogether([field, beside])[0] ?? []);
    const numbers = results.flatMap((result) => (result.ok ? [result.value] : []));
    if (numbers.length === 0) counts.none += 1;
    else if (numbers.length === 1 && numbers[0] === expected) counts.hits += 1;
    else {
      counts.wrong += 1;
      if (examples.length < 5) {
        examples.push(`${field.raw} in ${field.region ?? "-"}: ${numbers.join(" ")}, not ${expected}`);
      }
    }
  }
  return { situation, ...counts, examples };
}

function* write(
  numbers: readonly ExampleNumber[],
  spellings: readonly Spelling[],
  regionOf: (number: ExampleNumber) => string | undefined,
): Generator<Trial> {
  for (const number of numbers) {
    for (const spelling of spellings) {
      yield { field: { raw: spelling.write(number), region: regionOf(number) }, expected: number.expected };
    }
  }
}

/** The address is in the number's own country, or there is none: both kinds of line, every spelling. */
export function measureOwnCountry(): readonly Tally[] {
  const numbers = readExampleNumbers();
  const own = (number: ExampleNumber) => number.region;
  return [
    tally("own country, with country code", write(numbers, INTERNATIONAL_SPELLINGS, own)),
    tally("own country, as written there", write(numbers, NATIONAL_SPELLINGS, own)),
    tally(
      "own country, a plus and no trunk prefix",
      write(numbers.filter(hasTrunkPrefix), [PLUS_WITHOUT_TRUNK_PREFIX], own),
    ),
    tally(
      "no country known, with country code",
      write(numbers, INTERNATIONAL_SPELLINGS, () => undefined),
    ),
  ];
}

const WITHOUT_SIGNS = new Set([
  "+cc nsn, grouped",
  "+ccnsn",
  "+cc (0) nsn",
  "(+cc) nsn",
  "++ccnsn",
  "+00ccnsn",
  "00ccnsn",
  "00 cc nsn",
  "(00cc) nsn",
]);

/** The address is abroad. Mobile numbers, and the spellings that differ in more than signs and scripts. */
export function measureAbroad(addresses: readonly CountryCode[] = getCountries()): readonly Tally[] {
  const numbers = readExampleNumbers("mobile");
  const spellings = INTERNATIONAL_SPELLINGS.filter(({ name }) => WITHOUT_SIGNS.has(name));
  return [
    tally("abroad, with country code", abroad(addresses, numbers, spellings)),
    tally("abroad, with the prefix dialled there", dialledAbroad(addresses, numbers)),
    tally("abroad, as written in its own country", abroad(addresses, numbers, NATIONAL)),
    tally("the same, and in another phone of the order with its plus", besidePlus(addresses, numbers)),
  ];
}

const NATIONAL: readonly Spelling[] = [{ name: "national", write: ({ national }) => national }];

function* pairs(
  addresses: readonly CountryCode[],
  numbers: readonly ExampleNumber[],
): Generator<readonly [CountryCode, ExampleNumber]> {
  for (const region of addresses) {
    const code: string = getCountryCallingCode(region);
    for (const number of numbers) if (number.callingCode !== code) yield [region, number];
  }
}

function* abroad(
  addresses: readonly CountryCode[],
  numbers: readonly ExampleNumber[],
  spellings: readonly Spelling[],
): Generator<Trial> {
  for (const [region, number] of pairs(addresses, numbers)) yield* write([number], spellings, () => region);
}

function* dialledAbroad(
  addresses: readonly CountryCode[],
  numbers: readonly ExampleNumber[],
): Generator<Trial> {
  const metadata = new Metadata();
  for (const [region, number] of pairs(addresses, numbers)) {
    metadata.selectNumberingPlan(region);
    const { numberingPlan } = metadata;
    const prefix = [numberingPlan?.defaultIDDPrefix(), numberingPlan?.IDDPrefix()]
      .map(String)
      .find((digits) => /^[0-9~]{2,}$/.test(digits));
    if (prefix === undefined) continue;
    for (const raw of [prefix + number.expected, `${prefix} ${number.callingCode} ${number.significant}`]) {
      yield { field: { raw, region }, expected: number.expected };
    }
  }
}

function* besidePlus(addresses: readonly CountryCode[], numbers: readonly ExampleNumber[]): Generator<Trial> {
  for (const [region, number] of pairs(addresses, numbers)) {
    yield {
      field: { raw: number.national, region },
      beside: { raw: `+${number.expected}`, region },
      expected: number.expected,
    };
  }
}

/** A row of the table in docs/event-mapping.md. */
export function tableRow({ situation, hits, none, wrong }: Tally): string {
  const cells = [hits, none, wrong].map((count) => count.toLocaleString("en-GB"));
  return `| ${situation} | ${cells.join(" | ")} |`;
}

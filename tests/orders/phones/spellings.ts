/** How people type a phone number. The numbers are the examples in Google's metadata, for every region. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  getCountries,
  getExampleNumber,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import type { CountryCode, PhoneNumber } from "libphonenumber-js/max";
import mobileExamples from "libphonenumber-js/mobile/examples";
import { z } from "zod";

export interface ExampleNumber {
  readonly region: CountryCode;
  /** E.164 without plus: the only right answer. */
  readonly expected: string;
  readonly callingCode: string;
  /** National significant number. */
  readonly significant: string;
  /** As written at its own place, with its trunk prefix: "(0171) 392-0012". */
  readonly national: string;
  /** "+49 171 3920012" */
  readonly international: string;
}

export interface Spelling {
  readonly name: string;
  readonly write: (number: ExampleNumber) => string;
}

/** One mobile and one fixed-line number of every region. */
export function readExampleNumbers(kind: "mobile" | "both" = "both"): readonly ExampleNumber[] {
  const mobile = getCountries().flatMap((region) => {
    const phone = getExampleNumber(region, mobileExamples);
    return phone === undefined ? [] : [describe(region, phone)];
  });
  if (kind === "mobile") return mobile;
  const file = fileURLToPath(new URL("fixed-line-examples.json", import.meta.url));
  const fixed = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, "utf8")));
  const lines = Object.entries(fixed).flatMap(([region, digits]) => {
    const phone = parsePhoneNumberFromString(`+${digits}`);
    return phone?.isValid() === true && isSupportedCountry(region) ? [describe(region, phone)] : [];
  });
  return [...mobile, ...lines];
}

function describe(region: CountryCode, phone: PhoneNumber): ExampleNumber {
  return {
    region,
    expected: phone.number.slice(1),
    callingCode: phone.countryCallingCode,
    significant: phone.nationalNumber,
    national: phone.formatNational(),
    international: phone.formatInternational(),
  };
}

const digitsOf = (text: string) => text.replace(/[^0-9]/g, "");
const scriptFrom = (zero: number) => (text: string) =>
  text.replace(/[0-9]/g, (digit) => String.fromCodePoint(zero + Number(digit)));
const SCRIPTS = {
  "Arabic-Indic digits": 0x660,
  "Persian digits": 0x6f0,
  "Devanagari digits": 0x966,
  "Bengali digits": 0x9e6,
  "Thai digits": 0xe50,
  "Khmer digits": 0x17e0,
  "full-width digits": 0xff10,
  "Adlam digits": 0x1e950,
};
const SEPARATORS = {
  dashes: "-",
  dots: ".",
  "no-break spaces": "\u00a0",
  "narrow no-break spaces": "\u202f",
  "ideographic spaces": "\u3000",
  "en dashes": "\u2013",
  "minus signs": "\u2212",
  "long vowel marks": "\u30fc",
  underscores: "_",
  slashes: "/",
  "double spaces": "  ",
};

/** Ways to write a text that already is a number, whatever its form. */
function variants(name: string, write: Spelling["write"]): readonly Spelling[] {
  const grouped = (separator: string) => (number: ExampleNumber) =>
    write(number).replace(/(?<=[0-9)])[ .-]+(?=[0-9(])/g, separator);
  return [
    { name, write },
    ...Object.entries(SCRIPTS).map(([script, zero]) => ({
      name: `${name}, ${script}`,
      write: (number: ExampleNumber) => scriptFrom(zero)(write(number)),
    })),
    ...Object.entries(SEPARATORS).map(([separators, sign]) => ({
      name: `${name}, ${separators}`,
      write: grouped(sign),
    })),
    { name: `${name}, direction marks`, write: (number) => `\u202a${write(number)}\u202c\u200e` },
    { name: `${name}, in quotes`, write: (number) => `"${write(number)}"` },
    { name: `${name}, apostrophe in front`, write: (number) => `'${write(number)}` },
    { name: `${name}, label in front`, write: (number) => `Tel.: ${write(number)}` },
    { name: `${name}, remark behind`, write: (number) => `${write(number)} (mobile)` },
    { name: `${name}, x123`, write: (number) => `${write(number)} x123` },
    { name: `${name}, ext. 5`, write: (number) => `${write(number)} ext. 5` },
    { name: `${name}, #5`, write: (number) => `${write(number)}#5` },
    { name: `${name}, доб. 12`, write: (number) => `${write(number)} доб. 12` },
    { name: `${name}, ;ext=5`, write: (number) => `tel:${write(number).replace(/ /g, "-")};ext=5` },
  ];
}

/** Understood wherever the address is, and without one. */
export const INTERNATIONAL_SPELLINGS: readonly Spelling[] = [
  ...variants("+cc nsn, grouped", (number) => number.international),
  { name: "+ccnsn", write: (number) => `+${number.expected}` },
  { name: "+cc (0) nsn", write: (number) => `+${number.callingCode} (0) ${number.significant}` },
  { name: "+cc(0)nsn", write: (number) => `+${number.callingCode}(0)${number.significant}` },
  {
    name: "+cc national",
    write: (number) => `+${number.callingCode} ${number.national}`,
  },
  { name: "(+cc) nsn", write: (number) => `(+${number.callingCode}) ${number.significant}` },
  { name: "+(cc) nsn", write: (number) => `+(${number.callingCode}) ${number.significant}` },
  { name: "+ cc nsn", write: (number) => `+ ${number.callingCode} ${number.significant}` },
  { name: "++ccnsn", write: (number) => `++${number.expected}` },
  { name: "+00ccnsn", write: (number) => `+00${number.expected}` },
  { name: "+0ccnsn", write: (number) => `+0${number.expected}` },
  { name: "00+cc nsn", write: (number) => `00+${number.callingCode} ${number.significant}` },
  { name: "00ccnsn", write: (number) => `00${number.expected}` },
  { name: "00 cc nsn", write: (number) => `00 ${number.callingCode} ${number.significant}` },
  { name: "(00cc) nsn", write: (number) => `(00${number.callingCode}) ${number.significant}` },
  { name: "00cc (0) nsn", write: (number) => `00${number.callingCode} (0) ${number.significant}` },
  { name: "00cc-nsn", write: (number) => `00${number.callingCode}-${number.significant}` },
  { name: "tel:+ccnsn", write: (number) => `tel:+${number.expected}` },
  { name: "tel:%2Bccnsn", write: (number) => `tel:%2B${number.expected}` },
  {
    name: "tel:nsn;phone-context",
    write: (number) => `tel:${number.significant};phone-context=+${number.callingCode}`,
  },
  { name: "whatsapp:+ccnsn", write: (number) => `whatsapp:+${number.expected}` },
  { name: "wa.me/ccnsn", write: (number) => `https://wa.me/${number.expected}` },
];

/** Understood beside an address of the number's own country. */
export const NATIONAL_SPELLINGS: readonly Spelling[] = [
  ...variants("national, grouped", (number) => number.national),
  { name: "national, digits only", write: (number) => digitsOf(number.national) },
  { name: "nsn", write: (number) => number.significant },
  { name: "(0) nsn", write: (number) => `(0)${number.significant}` },
  { name: "ccnsn", write: (number) => number.expected },
  { name: "cc nsn", write: (number) => `${number.callingCode} ${number.significant}` },
  { name: "cc (0) nsn", write: (number) => `${number.callingCode} (0) ${number.significant}` },
  { name: "cc national", write: (number) => `${number.callingCode} ${digitsOf(number.national)}` },
  { name: "0ccnsn", write: (number) => `0${number.expected}` },
  { name: "+national", write: (number) => `+${digitsOf(number.national)}` },
];

/**
 * A plus before a number without the trunk prefix that it has in its country. Nothing tells it from a number of another
 * country, and where there is one, that is what it says: "+1 512 3456789" is Austin, not a German mobile number.
 */
export const PLUS_WITHOUT_TRUNK_PREFIX: Spelling = {
  name: "+nsn",
  write: (number) => `+${number.significant}`,
};

export function hasTrunkPrefix(number: ExampleNumber): boolean {
  return digitsOf(number.national) !== number.significant;
}

/**
 * First and last name of one person, read together: what stands in one field says what the other may mean.
 *
 * Shopify can be set to ask for the last name alone, and imports put a whole name into one field. Nobody is called
 * "janedoe", so such a field is taken apart where only one reading is likely, and otherwise left out
 * (docs/decisions/0641-names-in-one-field.md).
 */
import { drop, keep } from "../clean-text.ts";
import type { Normalised } from "../clean-text.ts";
import { readHash } from "./hash-value.ts";
import { normaliseName, toLetters } from "./normalise-name.ts";
import { isPerhapsPlaceholder, isPlaceholder } from "./placeholders.ts";

export interface NameFields {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
}

/** One key's value with the field that it was read from; undefined where the fields say nothing about the key. */
export interface NamePart {
  readonly field: "first_name" | "last_name";
  readonly result: Normalised;
}

export interface PersonName {
  readonly fn: NamePart | undefined;
  readonly ln: NamePart | undefined;
  /** True where one field was taken apart: a source that has both names in their fields knows better. */
  readonly guessed: boolean;
}

/**
 * Countries where a whole name is written with one family name, and that at the end. Elsewhere the family name comes
 * first (Hungary, Vietnam, East Asia; on forms also Italy, France), or there are two of them (Spain, Latin America).
 */
const GIVEN_NAME_FIRST: ReadonlySet<string> = new Set(
  "US CA GB IE IM JE GG AU NZ ZA DE AT CH LI LU NL BE SE NO DK FI IS".split(" "),
);
/** First parts of family names: "van der Berg", "de la Cruz", "St. John". */
const PARTICLES: ReadonlySet<string> = new Set(
  `van von vom zu zum zur der den ter ten te de del dello dei degli di da dos das du des la les lo los las el bin ibn
  bint abd mc o d l st ste saint sainte san santa af av ap fitz vander vanden op aan in t ben al mac della do le abu`
    .trim()
    .split(/\s+/),
);
/** Those of them that are given names as well: "Ben Adams" is a person, "Ben David" a family. */
const PARTICLE_OR_GIVEN_NAME: ReadonlySet<string> = new Set("ben al mac della do le abu".split(" "));
/** What stands before or behind a name and is no part of it. */
const TITLES: ReadonlySet<string> = new Set(
  "mr mrs ms miss mx dr prof sir madam herr frau hr fr mme mlle monsieur madame sig sr sra srta".split(" "),
);
const SUFFIXES: ReadonlySet<string> = new Set(
  "jr sr ii iii iv md phd esq dds rn cpa inc llc ltd gmbh co corp ab as bv sa ag kg".split(" "),
);
const EAST_ASIAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u30fc\u3005]+$/u;
const HANGUL = /^\p{Script=Hangul}+$/u;
const LETTER = /\p{L}/u;
/** Firms and couples: "Bjørnson & Søn". */
const JOINED = /[&+/]/;
const SPACE = /\s/;
const INITIALS = /^\s*(?:\p{Lu}\.\s*)+$/u;
const LINK_OR_MAILBOX = /@|https?:|www\./i;

/** @param country ISO alpha-2, upper case: whose way of writing names to assume */
export function readPersonName(fields: NameFields, country: string | undefined): PersonName {
  const first = readField(fields.firstName);
  const last = readField(fields.lastName);
  const fn = judge(first, last);
  const ln = judge(last, first);
  const both = asTyped(fn, ln);
  const firstText = fn?.ok === true ? fields.firstName : undefined;
  const lastText = ln?.ok === true ? fields.lastName : undefined;
  if (isHash(firstText) || isHash(lastText)) return both;
  if (firstText !== undefined && lastText !== undefined) {
    return withoutRepeats(firstText, lastText, country) ?? both;
  }
  if (lastText !== undefined) return readWhole(lastText, "last_name", country) ?? both;
  if (firstText !== undefined && country !== undefined) {
    return readWhole(firstText, "first_name", country) ?? both;
  }
  return both;
}

interface Field {
  readonly raw: string;
  readonly result: Normalised;
}

function readField(raw: string | undefined): Field | undefined {
  if (raw === undefined) return undefined;
  const hashed = readHash(raw);
  if (hashed !== undefined) return { raw, result: keep(hashed) };
  const result = normaliseName(raw);
  if (!result.ok) return { raw, result };
  if (isPlaceholder(raw, result.value)) return { raw, result: drop("placeholder") };
  return {
    raw,
    result: !LETTER.test(result.value) || LINK_OR_MAILBOX.test(raw) ? drop("not_a_name") : result,
  };
}

/**
 * "Null", "Na" and "Guest" are names beside another name that is written in the same way ("Jennifer Null"). Alone,
 * beside another such text, or as the one field in lower case ("Jane", "null"), a program wrote them.
 */
function judge(field: Field | undefined, other: Field | undefined): Normalised | undefined {
  if (field?.result.ok !== true || !isPerhapsPlaceholder(field.raw, field.result.value)) return field?.result;
  const isPerson =
    other?.result.ok === true && !isPerhapsPlaceholder(other.raw) && haveSameCase(field.raw, other.raw);
  return isPerson ? field.result : drop("placeholder");
}

function haveSameCase(one: string, other: string): boolean {
  const cases = [caseOf(one), caseOf(other)];
  return cases.includes("none") || cases[0] === cases[1];
}

function caseOf(text: string): "none" | "lower" | "upper" | "mixed" {
  if (INITIALS.test(text)) return "none";
  const letters = toLettersKeepingCase(text);
  if (letters.toLowerCase() === letters.toUpperCase()) return "none";
  if (letters === letters.toLowerCase()) return "lower";
  // One capital alone ("X") begins a name or is all of it: it goes with "Malcolm" and with "MALCOLM".
  if (letters.length === 1) return "none";
  return letters === letters.toUpperCase() ? "upper" : "mixed";
}

function toLettersKeepingCase(text: string): string {
  return text.replace(/[^\p{L}]+/gu, "");
}

/** "Jane" and "Jane Doe", "Jane Doe" and "Doe", "Jane Doe" twice: a field that holds the other one as well. */
function withoutRepeats(first: string, last: string, country: string | undefined): PersonName | undefined {
  if (!SPACE.test(first.trim()) && !SPACE.test(last.trim())) return undefined;
  const firstWords = wordsOf(first);
  const lastWords = wordsOf(last);
  if (firstWords.length === lastWords.length) {
    const isTwice = firstWords.length > 1 && firstWords.every((each, index) => each === lastWords[index]);
    return isTwice ? readWhole(last, "last_name", country) : undefined;
  }
  const restOfLast = without(lastWords, firstWords);
  if (restOfLast !== undefined) {
    return { fn: part("first_name", firstWords), ln: part("last_name", restOfLast), guessed: false };
  }
  const restOfFirst = without(firstWords, lastWords);
  return restOfFirst === undefined
    ? undefined
    : { fn: part("first_name", restOfFirst), ln: part("last_name", lastWords), guessed: false };
}

/** The words without those at their beginning or end; undefined where they are not there or no name would be left. */
function without(words: readonly string[], others: readonly string[]): readonly string[] | undefined {
  const count = words.length - others.length;
  if (count < 1 || others.length === 0) return undefined;
  const startsWith = others.every((each, index) => words[index] === each);
  const endsWith = others.every((each, index) => words[count + index] === each);
  if (!startsWith && !endsWith) return undefined;
  const rest = startsWith ? words.slice(others.length) : words.slice(0, count);
  return rest.every((each) => PARTICLES.has(each)) ? undefined : rest;
}

/** One field that may hold the whole name; undefined where it holds one name, which stays as typed. */
function readWhole(
  raw: string,
  field: NamePart["field"],
  country: string | undefined,
): PersonName | undefined {
  if (JOINED.test(raw)) return undefined;
  const split = (first: readonly string[], last: readonly string[]): PersonName => ({
    fn: part(field, first),
    ln: part(field, last),
    guessed: true,
  });
  const unsure: PersonName = {
    fn: undefined,
    ln: undefined,
    ...{ [field === "first_name" ? "fn" : "ln"]: { field, result: drop("whole_name") } },
    guessed: true,
  };
  const [familyName, givenNames, ...more] = raw.split(/[,\u3001\uff0c]/).map(wordsOf);
  if (familyName?.length && givenNames?.length && more.length === 0) {
    if (!givenNames.every((each) => SUFFIXES.has(each))) return split(givenNames, familyName);
  }
  const words = withoutTitles(wordsOf(raw));
  const [start = "", second = "", third] = words;
  if (words.length < 2) return isWholeEastAsianName(start) ? unsure : undefined;
  if (words.every((each) => EAST_ASIAN.test(each))) {
    return words.length === 2 ? split([second], [start]) : unsure;
  }
  if (PARTICLE_OR_GIVEN_NAME.has(start)) return unsure;
  if (field === "last_name" && PARTICLES.has(start)) return undefined;
  if (country === undefined || !GIVEN_NAME_FIRST.has(country)) return unsure;
  if (words.length === 2 || PARTICLES.has(second)) return split([start], words.slice(1));
  return third !== undefined && words.length === 3 && second.length === 1 ? split([start], [third]) : unsure;
}

/** A Korean family name has one or two syllables, a Chinese or Japanese one at most three characters. */
function isWholeEastAsianName(word: string): boolean {
  return EAST_ASIAN.test(word) && [...word].length >= (HANGUL.test(word) ? 3 : 4);
}

function withoutTitles(words: readonly string[]): readonly string[] {
  const start = words.findIndex((each) => !TITLES.has(each));
  const end = words.findLastIndex((each) => !SUFFIXES.has(each));
  return start < 0 || end < start ? words : words.slice(start, end + 1);
}

/** Letters of each word, in lower case. */
function wordsOf(text: string): readonly string[] {
  return text
    .normalize("NFC")
    .split(/\s+/)
    .map(toLetters)
    .filter((each) => each !== "");
}

function part(field: NamePart["field"], words: readonly string[]): NamePart {
  return { field, result: normaliseName(words.join("")) };
}

function asTyped(fn: Normalised | undefined, ln: Normalised | undefined): PersonName {
  return {
    fn: fn && { field: "first_name", result: fn },
    ln: ln && { field: "last_name", result: ln },
    guessed: false,
  };
}

function isHash(text: string | undefined): boolean {
  return text !== undefined && readHash(text) !== undefined;
}

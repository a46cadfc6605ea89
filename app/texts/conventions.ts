import { currentLanguage, ENGLISH, type Language } from "./language.ts";

/**
 * How a language writes numbers, money, dates, clocks and lists. Data of our own and not `Intl`: its answers change with the
 * version of the locale data, which differs between the server and each browser. A test compares them with Node's.
 */
export interface Conventions {
  readonly decimal: string;
  readonly group: string;
  /** Numbers of fewer digits before the decimals are written without groups. */
  readonly groupedFrom: number;
  /** `{n}` is the number. */
  readonly percent: string;
  /** `{n}` is the amount, `{unit}` the currency's sign or code; the minus stands before all of it. */
  readonly money: string;
  /** Signs that this language has its own of, by ISO 4217. */
  readonly signs?: Readonly<Record<string, string>>;
  /** Names of the months as a date has them, January first. */
  readonly months: readonly string[];
  /** `{d}`, `{month}` and `{y}`. */
  readonly day: string;
  readonly date: string;
  /** `h12`: 1:30 AM. `h` and `hh`: 1:30 and 01:30, of 24 hours. */
  readonly clock: "h12" | "h" | "hh";
  /** Between a date and its clock. */
  readonly dateTime: string;
  /** Between the entries of a list. */
  readonly list: string;
  /** Between the parts of a list whose entries have commas of their own. */
  readonly clause: string;
  /** Between two sentences. */
  readonly sentence: string;
  /** At the end of one. */
  readonly stop: string;
  /** Between a name and what it has. */
  readonly colon: string;
  /** Before and after what somebody else said. */
  readonly quotes: readonly [string, string];
}

const ENGLISH_CONVENTIONS: Conventions = {
  decimal: ".",
  group: ",",
  groupedFrom: 4,
  percent: "{n}%",
  money: "{unit}{n}",
  months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  day: "{month} {d}",
  date: "{month} {d}, {y}",
  clock: "h12",
  dateTime: ", ",
  list: ", ",
  clause: "; ",
  sentence: " ",
  stop: ".",
  colon: ": ",
  quotes: ["“", "”"],
};

const known = new Map<Language, Conventions>([[ENGLISH, ENGLISH_CONVENTIONS]]);

/** Those of the language that is spoken now; the English ones where its own are not loaded. */
export function conventions(): Conventions {
  return known.get(currentLanguage()) ?? ENGLISH_CONVENTIONS;
}

export function addConventions(language: Language, added: Conventions): void {
  known.set(language, added);
}

/** Entries one after the other: "a, b". */
export const writeList = (entries: readonly string[]): string => entries.join(conventions().list);

/** Parts that have commas of their own: "a, b; c". */
export const writeClauses = (parts: readonly string[]): string => parts.join(conventions().clause);

/** One sentence after the other; what is empty is left out. */
export const writeSentences = (sentences: readonly (string | null | undefined | false)[]): string =>
  sentences.filter(Boolean).join(conventions().sentence);

/** Entries as a sentence of their own: "a, b." */
export const writeListSentence = (entries: readonly string[]): string =>
  writeList(entries) + conventions().stop;

/** A name and what it has: "Why: because". */
export const writeNamed = (name: string, value: string): string => name + conventions().colon + value;

/** What somebody else said, in quotation marks. */
export function writeQuoted(text: string): string {
  const [before, after] = conventions().quotes;
  return before + text + after;
}

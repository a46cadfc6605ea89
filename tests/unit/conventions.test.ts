import { describe, expect, it } from "vitest";

import { writeMoney, writeNumber, writePercent } from "#app/quality/write-number.ts";
import {
  writeClauses,
  writeList,
  writeListSentence,
  writeNamed,
  writeQuoted,
  writeSentences,
} from "#app/texts/conventions.ts";
import { compareNames, countryName } from "#app/texts/country-name.server.ts";
import { inLanguage } from "#app/texts/in-language.server.ts";
import { LANGUAGES, type Language } from "#app/texts/language.ts";
import {
  localTime,
  writeClock,
  writeDate,
  writeDateTime,
  writeDay,
  writeDayTime,
} from "#app/texts/local-time.ts";
import { sayText } from "#app/texts/texts.ts";
import "#app/texts/areas/events.ts";

const AT = Date.UTC(2026, 2, 8, 9, 5, 7);
const time = localTime([], AT);

/** By hand. A gap is no-break (U+00A0), in French numbers narrow (U+202F). */
const WRITTEN: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    number: "1,234,567.891",
    thousand: "1,234.5",
    percent: "12.5%",
    least: "<0.1%",
    euro: "-€1,234.50",
    dollar: "$20.00",
    code: "PKR\u00a08,485.00",
    yen: "¥1,235",
    day: "Mar 8",
    date: "Mar 8, 2026",
    clock: "9:05:07\u00a0AM",
    dateTime: "Mar 8, 2026, 9:05\u00a0AM",
    soon: "Mar 8, 9:05\u00a0AM",
    list: "a, b",
    clauses: "a, b; c",
    sentences: "A. B.",
    listed: "a, b.",
    named: "Why: because",
    quoted: "“x”",
  },
  de: {
    number: "1.234.567,891",
    thousand: "1.234,5",
    percent: "12,5\u00a0%",
    least: "<0,1\u00a0%",
    euro: "-1.234,50\u00a0€",
    dollar: "20,00\u00a0$",
    code: "8.485,00\u00a0PKR",
    yen: "1.235\u00a0¥",
    day: "8. März",
    date: "8. März 2026",
    clock: "09:05:07",
    dateTime: "8. März 2026, 09:05",
    soon: "8. März, 09:05",
    list: "a, b",
    clauses: "a, b; c",
    sentences: "A. B.",
    listed: "a, b.",
    named: "Why: because",
    quoted: "„x“",
  },
  fr: {
    number: "1\u202f234\u202f567,891",
    thousand: "1\u202f234,5",
    percent: "12,5\u00a0%",
    least: "<0,1\u00a0%",
    euro: "-1\u202f234,50\u00a0€",
    dollar: "20,00\u00a0$",
    code: "8\u202f485,00\u00a0PKR",
    yen: "1\u202f235\u00a0¥",
    day: "8 mars",
    date: "8 mars 2026",
    clock: "09:05:07",
    dateTime: "8 mars 2026, 09:05",
    soon: "8 mars, 09:05",
    list: "a, b",
    clauses: "a, b\u202f; c",
    sentences: "A. B.",
    listed: "a, b.",
    named: "Why\u00a0: because",
    quoted: "«\u202fx\u202f»",
  },
  es: {
    number: "1.234.567,891",
    thousand: "1234,5",
    percent: "12,5\u00a0%",
    least: "<0,1\u00a0%",
    euro: "-1234,50\u00a0€",
    dollar: "20,00\u00a0$",
    code: "8485,00\u00a0PKR",
    yen: "1235\u00a0¥",
    day: "8 mar",
    date: "8 mar 2026",
    clock: "9:05:07",
    dateTime: "8 mar 2026, 9:05",
    soon: "8 mar, 9:05",
    list: "a, b",
    clauses: "a, b; c",
    sentences: "A. B.",
    listed: "a, b.",
    named: "Why: because",
    quoted: "«x»",
  },
  "pt-BR": {
    number: "1.234.567,891",
    thousand: "1.234,5",
    percent: "12,5%",
    least: "<0,1%",
    euro: "-€\u00a01.234,50",
    dollar: "$\u00a020,00",
    code: "PKR\u00a08.485,00",
    yen: "¥\u00a01.235",
    day: "8 de mar.",
    date: "8 de mar. de 2026",
    clock: "09:05:07",
    dateTime: "8 de mar. de 2026, 09:05",
    soon: "8 de mar., 09:05",
    list: "a, b",
    clauses: "a, b; c",
    sentences: "A. B.",
    listed: "a, b.",
    named: "Why: because",
    quoted: "“x”",
  },
  ja: {
    number: "1,234,567.891",
    thousand: "1,234.5",
    percent: "12.5%",
    least: "<0.1%",
    euro: "-€1,234.50",
    dollar: "$20.00",
    code: "PKR\u00a08,485.00",
    yen: "￥1,235",
    day: "3月8日",
    date: "2026年3月8日",
    clock: "9:05:07",
    dateTime: "2026年3月8日 9:05",
    soon: "3月8日 9:05",
    list: "a、b",
    clauses: "a, b；c",
    sentences: "A.B.",
    listed: "a、b。",
    named: "Why：because",
    quoted: "「x」",
  },
};

it.each(LANGUAGES)("%s writes numbers, money, dates and lists in its own way", (language) => {
  const written = inLanguage(language, () => ({
    number: writeNumber(1234567.891),
    thousand: writeNumber(1234.5),
    percent: writePercent(0.125),
    least: writePercent(0.0001),
    euro: writeMoney(-1234.5, "EUR", "EUR"),
    dollar: writeMoney(20, "USD", "USD"),
    code: writeMoney(8485, "PKR", "PKR"),
    yen: writeMoney(1235, "JPY", null),
    day: writeDay(time),
    date: writeDate(time),
    clock: writeClock(time, true),
    dateTime: writeDateTime(time),
    soon: writeDayTime(time),
    list: writeList(["a", "b"]),
    clauses: writeClauses(["a, b", "c"]),
    sentences: writeSentences(["A.", null, "", false, "B."]),
    listed: writeListSentence(["a", "b"]),
    named: writeNamed("Why", "because"),
    quoted: writeQuoted("x"),
  }));
  expect(written).toEqual(WRITTEN[language]);
});

/** Kinds of space differ between versions of the locale data, and are ours to choose. */
const spaced = (text: string): string => text.replaceAll(/[\u00a0\u202f\u2009]/g, " ");

describe.each(LANGUAGES)("Node’s locale data of %s agrees", (language) => {
  const ours = (write: () => string) => spaced(inLanguage(language, write));

  it.each([0, 0.5, 7, 999, 1000, 1234.5, 9999, 10_000, 123_456.789, 1_234_567, -1234.5])("on %d", (value) => {
    expect(ours(() => writeNumber(value))).toBe(spaced(new Intl.NumberFormat(language).format(value)));
  });

  it.each([0, 0.005, 0.125, 0.5, 1, 12.5])("on a share of %d", (share) => {
    const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
    expect(ours(() => writePercent(share))).toBe(spaced(percent.format(share)));
  });

  // Signs of other currencies are ours: the same in every language, and each one currency's alone.
  it.each(["EUR", "CHF", "SEK"])("on amounts in %s", (currency) => {
    const money = new Intl.NumberFormat(language, { style: "currency", currency });
    for (const amount of [0, 5, 1234.5, 12_345.67, -1234.5])
      expect(ours(() => writeMoney(amount, currency, currency))).toBe(spaced(money.format(amount)));
  });

  it("on every day of a year", () => {
    const utc = { timeZone: "UTC", month: "short", day: "numeric" } as const;
    const day = new Intl.DateTimeFormat(language, utc);
    const date = new Intl.DateTimeFormat(language, { ...utc, year: "numeric" });
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 86_400_000) {
      expect(ours(() => writeDay(localTime([], at)))).toBe(spaced(day.format(at)));
      expect(ours(() => writeDate(localTime([], at)))).toBe(spaced(date.format(at)));
    }
  });

  it("on every half hour of a day", () => {
    const clock = new Intl.DateTimeFormat(language, { timeZone: "UTC", timeStyle: "short" });
    for (let at = 0; at < 86_400_000; at += 1_800_000)
      expect(ours(() => writeClock(localTime([], at)))).toBe(spaced(clock.format(at)));
  });

  it("on which of a text’s forms a number takes", () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    expect(["many", "one", "other"]).toEqual(expect.arrayContaining([...pluralCategories]));
  });
});

it.each<[Language, readonly [number, string][]]>([
  [
    "en",
    [
      [0, "0 orders"],
      [1, "1 order"],
      [2, "2 orders"],
      [1_000_000, "1,000,000 orders"],
    ],
  ],
  [
    "de",
    [
      [0, "0 Bestellungen"],
      [1, "1 Bestellung"],
      [1_000_000, "1.000.000 Bestellungen"],
    ],
  ],
  [
    "fr",
    [
      [0, "0 commande"],
      [1, "1 commande"],
      [2, "2 commandes"],
      [1_000_000, "1 000 000 commandes"],
    ],
  ],
  [
    "es",
    [
      [0, "0 pedidos"],
      [1, "1 pedido"],
      [1_000_000, "1.000.000 pedidos"],
    ],
  ],
  [
    "pt-BR",
    [
      [0, "0 pedido"],
      [1, "1 pedido"],
      [2, "2 pedidos"],
      [1_000_000, "1.000.000 pedidos"],
    ],
  ],
  [
    "ja",
    [
      [0, "0件の注文"],
      [1, "1件の注文"],
      [1_000_000, "1,000,000件の注文"],
    ],
  ],
])("counts in %s", (language, cases) => {
  const said = cases.map(([count]) =>
    inLanguage(language, () =>
      spaced(sayText({ key: "events.found", values: { count, number: writeNumber(count) } })),
    ),
  );
  expect(said).toEqual(cases.map(([, text]) => text));
});

it.each<[Language, string, string]>([
  ["en", "GB", "United Kingdom"],
  ["de", "GB", "Vereinigtes Königreich"],
  ["fr", "DE", "Allemagne"],
  ["es", "DE", "Alemania"],
  ["pt-BR", "JP", "Japão"],
  ["ja", "BR", "ブラジル"],
  ["de", "ZX", "ZX"],
  ["de", "no code", "no code"],
  ["de", "", ""],
])("in %s the country %j is %s", (language, code, name) => {
  expect(inLanguage(language, () => countryName(code))).toBe(name);
});

it("sorts names as a language does", () => {
  const names = ["Zypern", "Österreich", "Portugal", "Oman"];
  expect(inLanguage("de", () => names.toSorted(compareNames))).toEqual([
    "Oman",
    "Österreich",
    "Portugal",
    "Zypern",
  ]);
});

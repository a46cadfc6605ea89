import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";

import polarisEnglish from "@shopify/polaris/locales/en.json" with { type: "json" };
import { describe, expect, it, vi } from "vitest";

import { ENGLISH as CATALOGUE } from "#app/texts/catalogue.ts";
import "#app/texts/in-language.server.ts";
import { LANGUAGES } from "#app/texts/language.ts";
import { polarisTexts, texts } from "#app/texts/texts.ts";

import { compareTexts, type Texts } from "./compare-texts.ts";

const read = (file: string): Texts =>
  existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Texts) : {};

const FILES = globSync("app/texts/en/*.json").map((file) => path.basename(file));
const OTHERS = LANGUAGES.filter((language) => language !== "en");

/** As its files write them: what is said of a whole million is said as of any number (`add-language.ts`). */
const formsOf = (language: string): readonly string[] =>
  new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((form) => form !== "many");

it("has a folder of texts for each language, and for none besides", () => {
  expect(
    globSync("app/texts/*/common.json")
      .map((file) => path.basename(path.dirname(file)))
      .sort(),
  ).toEqual([...LANGUAGES].sort());
});

describe.each(OTHERS)("%s", (language) => {
  it.each(FILES)("has every text of %s, with its gaps, translated", (name) => {
    const place = `app/texts/${language}/${name}`;
    const english = read(`app/texts/en/${name}`);
    expect(compareTexts(english, read(place), { place, forms: formsOf(language) })).toEqual([]);
  });

  it("has no file that English has not", () => {
    const names = globSync(`app/texts/${language}/*`).map((file) => path.basename(file));
    expect(names.sort()).toEqual(FILES.toSorted());
  });

  it("loads every area (app/texts/languages)", () => {
    const loaded: unknown = texts.getResourceBundle(language, "translation");
    expect(Object.keys(loaded as object).sort()).toEqual(Object.keys(CATALOGUE).sort());
  });

  it("has Polaris’s own texts too", () => {
    const said = polarisTexts(language)?.["Polaris"] as Texts;
    expect(said["Common"]).not.toEqual(polarisEnglish.Polaris.Common);
    expect(Object.keys(said["ResourceList"] as object)).toEqual(
      expect.arrayContaining(["sortingLabel", "showing"]),
    );
  });
});

describe("an extension that Shopify shows", () => {
  const models = globSync("extensions/*/locales/en.default*.json");

  it("has texts", () => expect(models).not.toEqual([]));

  it.each(models.flatMap((model) => OTHERS.map((language) => [model, language] as const)))(
    "%s has every text in %s",
    (model, language) => {
      const place = model.replace("en.default", language);
      expect(compareTexts(read(model), read(place), { place, forms: formsOf(language) })).toEqual([]);
    },
  );

  it.each(globSync("extensions/*/locales/*.schema.json"))("%s has names that Shopify takes", (file) => {
    const { blocks } = read(file);
    for (const block of Object.values(blocks as Texts))
      expect(String((block as Texts)["name"]).length).toBeLessThanOrEqual(25);
  });
});

describe("what is compared", () => {
  const english: Texts = {
    title: "What the audit found",
    name: "{{a}} of {{b}}",
    code: "Pixel ID",
    part: { found_one: "One order", found_other: "{{number}} orders" },
  };
  const german: Texts = {
    title: "Das Ergebnis der Prüfung",
    name: "{{b}}: {{a}}",
    code: "Pixel ID",
    part: { found_one: "Eine Bestellung", found_other: "{{number}} Bestellungen" },
  };
  const compare = (other: Texts, forms = ["one", "other"]) =>
    compareTexts(english, other, { place: "x.json", forms });

  it("passes a whole translation, in another order of gaps, and names that are the same", () => {
    expect(compare(german)).toEqual([]);
    expect(
      compare({ ...german, part: { found_one: "{{number}} commande", found_other: "{{number}} commandes" } }),
    ).toEqual([]);
    expect(compare({ ...german, part: { found_other: "{{number}}件" } }, ["other"])).toEqual([]);
  });

  it.each<[string, Texts, string]>([
    [
      "a missing text",
      { ...german, part: { found_other: "{{number}}" } },
      'x.json: part.found_one is missing; in English: "One order"',
    ],
    [
      "a text too many",
      { ...german, more: "Mehr" },
      "x.json: more does not exist in English, or is a form that the language has not",
    ],
    ["a lost gap", { ...german, name: "{{a}}" }, "x.json: name has the gaps a where English has a, b"],
    [
      "a misspelt gap",
      { ...german, name: "{{a}} {{c}}" },
      "x.json: name has the gaps a, c where English has a, b",
    ],
    [
      "what is left in English",
      { ...german, title: "What the audit found" },
      "x.json: title is not translated",
    ],
    ["an empty text", { ...german, code: " " }, "x.json: code is empty"],
    ["a space at the end", { ...german, code: "Pixel-ID " }, "x.json: code begins or ends with a space"],
  ])("finds %s", (_, other, fault) => expect(compare(other)).toContain(fault));

  it("finds a form that the language has not", () => {
    expect(compare(german, ["other"])).toEqual([
      "x.json: part.found_one does not exist in English, or is a form that the language has not",
    ]);
  });
});

/** What is said while a module loads is said once, for all languages. */
it("has no part of a page that speaks before it is drawn", async () => {
  vi.resetModules();
  vi.doMock("#app/texts/language.ts", async (original) => ({
    ...(await original<object>()),
    currentLanguage: () => {
      throw new Error("a text was said while the module was loaded");
    },
  }));
  try {
    const files = globSync([
      "app/components/**/*.{ts,tsx}",
      "app/routes/*.{ts,tsx}",
      "app/{admin,alerts,audit,quality}/**/*.ts",
    ]);
    for (const file of files.filter((each) => !each.includes(".test.")))
      await expect(import(path.resolve(file)), file).resolves.toBeDefined();
    const { sayText } = (await import(path.resolve("app/texts/texts.ts"))) as {
      readonly sayText: (text: object) => string;
    };
    expect(() => sayText({ key: "common.save" })).toThrow("while the module was loaded");
  } finally {
    vi.doUnmock("#app/texts/language.ts");
    vi.resetModules();
  }
});

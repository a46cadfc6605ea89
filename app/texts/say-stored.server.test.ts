import { expect, it } from "vitest";

import { inLanguage } from "./in-language.server.ts";
import { sayStored } from "./say-stored.server.ts";
import { sayInEnglish, sayText, type Text } from "./texts.ts";

it.each<[string, Text]>([
  ["a text", { key: "storefront.problem.noSession" }],
  [
    "a text with a gap",
    { key: "storefront.problem.themeRefused", values: { message: "No.\n(Why?) $1 {{x}}" } },
  ],
  ["one of a number", { key: "settings.missed.problem.setAside", values: { count: 1, number: 1 } }],
  ["many of a number", { key: "settings.missed.problem.setAside", values: { count: 7, number: 7 } }],
])("says stored words in the language of who reads them: %s", (_, text) => {
  const stored = sayInEnglish(text);
  const said = inLanguage("de", () => sayStored(stored));
  expect(said).toBe(inLanguage("de", () => sayText(text)));
  expect(said).not.toBe(stored);
  expect(sayStored(stored)).toBe(stored);
});

it("leaves words that are none of the texts, and nothing, as they are", () => {
  inLanguage("fr", () => {
    expect(sayStored("Something that an older version wrote.")).toBe(
      "Something that an older version wrote.",
    );
    expect(sayStored("")).toBe("");
    expect(sayStored(null)).toBeNull();
  });
});

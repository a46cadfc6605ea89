import { setTimeout as wait } from "node:timers/promises";

import { expect, it } from "vitest";

import { inLanguage } from "./in-language.server.ts";
import { currentLanguage, LANGUAGES } from "./language.ts";
import { sayInEnglish, sayText } from "./texts.ts";
import "./areas/alerts.ts";

const SAVE = { key: "common.save" } as const;

it("says a text in the language that the work was put into, and else in English", () => {
  expect(inLanguage("de", () => sayText(SAVE))).toBe("Speichern");
  expect(inLanguage("fr", () => sayText(SAVE))).toBe("Enregistrer");
  expect(inLanguage("ja", () => sayText(SAVE))).toBe("保存");
  expect(sayText(SAVE)).toBe("Save");
  expect(inLanguage("de", () => sayInEnglish(SAVE))).toBe("Save");
});

it("keeps apart what runs at the same time, whatever it waits for", async () => {
  const talk = (language: (typeof LANGUAGES)[number], steps: readonly number[]) =>
    inLanguage(language, async () => {
      const said = [currentLanguage()];
      for (const each of steps) {
        await wait(each);
        said.push(currentLanguage());
        await new Promise<void>((resolve) => setImmediate(resolve));
        said.push(currentLanguage());
      }
      return said;
    });
  const all = LANGUAGES.map((language, index) => talk(language, [index, 5 - index, 1, index]));
  expect(currentLanguage()).toBe("en");
  const said = await Promise.all(all);
  expect(said).toEqual(LANGUAGES.map((language) => Array.from({ length: 9 }, () => language)));
});

it("can be put into another language inside, and comes back", () => {
  inLanguage("ja", () => {
    expect(inLanguage("en", () => sayText(SAVE))).toBe("Save");
    expect(sayText(SAVE)).toBe("保存");
  });
});

it.each([
  ["de", "28. Okt.", "Seit 28. Okt."],
  ["de", "8. März", "Seit 8. März."],
  ["en", "Oct 28", "Since Oct 28."],
  ["en", "the end of time...", "Since the end of time...."],
] as const)("ends a sentence once, also after an abbreviation: %s %s", (language, day, sentence) => {
  expect(inLanguage(language, () => sayText({ key: "alerts.message.since", values: { day } }))).toBe(
    sentence,
  );
});

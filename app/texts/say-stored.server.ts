import { currentLanguage, ENGLISH } from "./language.ts";
import settings from "./en/settings.json" with { type: "json" };
import storefront from "./en/storefront.json" with { type: "json" };
import { sayText, type TextKey } from "./texts.ts";
import "./areas/settings.ts";
import "./areas/storefront.ts";

/** What is written about a store in words, by jobs that speak for nobody: a text of these, in English. */
const STORED = [
  ...patternsOf("storefront.problem", storefront.problem),
  ...patternsOf("settings.missed.problem", settings.missed.problem),
];

interface Pattern {
  readonly key: TextKey;
  readonly form: RegExp;
}

/**
 * Says stored English words in the language that is spoken: they are found by their form, and what stands in their gaps is
 * kept. Words that are none of the texts any more, such as those of an older version, stay as they are.
 */
export function sayStored<Words extends string | null>(words: Words): Words | string {
  if (words === null || currentLanguage() === ENGLISH) return words;
  for (const { key, form } of STORED) {
    const found = form.exec(words);
    if (found)
      return sayText({ key, values: { ...found.groups, count: Number(found.groups?.["number"] ?? 1) } });
  }
  return words;
}

function patternsOf(path: string, texts: Readonly<Record<string, string>>): readonly Pattern[] {
  return Object.entries(texts).map(([name, text]) => ({
    key: `${path}.${name.replace(/_(one|other)$/, "")}` as TextKey,
    form: formOf(text),
  }));
}

/** What a text looks like with its gaps filled. */
function formOf(text: string): RegExp {
  // Every second part is a gap's name.
  const parts = text.split(/\{\{(\w+)\}\}/);
  const pattern = parts.map((part, index) =>
    index % 2 === 1 ? `(?<${part}>.*)` : part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"),
  );
  return new RegExp(`^${pattern.join("")}$`, "s");
}

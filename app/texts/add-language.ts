import { addConventions, type Conventions } from "./conventions.ts";
import { POLARIS, texts, type TextTree } from "./texts.ts";
import type { Language } from "./language.ts";

/** Everything that a language is made of, besides English, which is always there. */
export interface LanguagePack {
  readonly conventions: Conventions;
  /** Polaris's own texts. */
  readonly polaris: TextTree;
  readonly texts: Readonly<Record<string, TextTree>>;
}

/** Makes a language speakable; a text that it lacks is said in English. */
export function addLanguage(language: Language, pack: LanguagePack): void {
  addConventions(language, pack.conventions);
  texts.addResourceBundle(language, "translation", withMany(pack.texts));
  texts.addResourceBundle(language, POLARIS, pack.polaris);
}

/**
 * French, Spanish and Portuguese have a form for a whole million ("un million de commandes"), which counts only where the
 * number is written in words. Ours are written in digits, so it reads as any other.
 */
function withMany(tree: TextTree): TextTree {
  const entries = Object.entries(tree).flatMap(([name, text]): [string, string | TextTree][] => {
    if (typeof text !== "string") return [[name, withMany(text)]];
    return name.endsWith("_other")
      ? [
          [name, text],
          [name.replace(/_other$/, "_many"), text],
        ]
      : [[name, text]];
  });
  return Object.fromEntries(entries);
}

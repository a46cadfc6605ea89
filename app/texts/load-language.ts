import { addLanguage, type LanguagePack } from "./add-language.ts";
import { ENGLISH, takeLanguageFrom, type Language } from "./language.ts";

/** A script each, which only a page in that language fetches. */
const PACKS: Readonly<Record<Exclude<Language, "en">, () => Promise<{ readonly pack: LanguagePack }>>> = {
  de: () => import("./languages/language-de.ts"),
  fr: () => import("./languages/language-fr.ts"),
  es: () => import("./languages/language-es.ts"),
  "pt-BR": () => import("./languages/language-pt-BR.ts"),
  ja: () => import("./languages/language-ja.ts"),
};

/**
 * In the browser: makes the page's language the one that is spoken, before anything of the page is drawn. Where its script
 * does not come the page is drawn in English: it works, and the next page asks again.
 *
 * @returns what is spoken from now on
 */
export async function loadLanguage(language: Exclude<Language, "en">): Promise<Language> {
  try {
    const { pack } = await PACKS[language]();
    addLanguage(language, pack);
    takeLanguageFrom(() => language);
    return language;
  } catch {
    document.documentElement.lang = ENGLISH;
    return ENGLISH;
  }
}

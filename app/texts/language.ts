/** The languages that merchants can read Tandem in, as `<html lang>` names them; each has a folder of texts. */
export const LANGUAGES = ["en", "de", "fr", "es", "pt-BR", "ja"] as const;
export type Language = (typeof LANGUAGES)[number];

/** What every text falls back to, and what is spoken where nobody asked for another one. */
export const ENGLISH = "en" satisfies Language;

/** By it the browser tells the language of its page with each request; only a page's first address has Shopify's `locale`. */
export const LANGUAGE_HEADER = "x-tandem-language";

/**
 * The language that a BCP 47 tag, such as Shopify's `locale`, asks for: "de-AT" is German. There is one Portuguese, that of
 * Brazil. Undefined for anything else; the tag may be any text.
 */
export function readLanguage(tag: string | null | undefined): Language | undefined {
  const [asked] = (tag ?? "").slice(0, 16).toLowerCase().split(/[-_]/);
  return LANGUAGES.find((language) => language.split("-")[0] === asked);
}

let spoken = (): Language => ENGLISH;

/** What is spoken now: in the browser the page's language, on the server that of the request (`in-language.server.ts`). */
export function currentLanguage(): Language {
  return spoken();
}

/** Said once where a process or a page begins. */
export function takeLanguageFrom(source: () => Language): void {
  spoken = source;
}

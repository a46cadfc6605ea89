import { currentLanguage, type Language } from "./language.ts";

const names = new Map<Language, Intl.DisplayNames>();
const orders = new Map<Language, Intl.Collator>();

/**
 * A country's name in the language that is spoken, by the server's own locale data: pages get it as text, so that it is the
 * same in every browser. A code that names nothing stays.
 */
export function countryName(code: string): string {
  const language = currentLanguage();
  const known =
    names.get(language) ?? new Intl.DisplayNames([language], { type: "region", fallback: "code" });
  names.set(language, known);
  try {
    return known.of(code) ?? code;
  } catch {
    return code;
  }
}

/** Compares two names as the language that is spoken sorts them ("Österreich" stands at O in German). */
export function compareNames(one: string, other: string): number {
  const language = currentLanguage();
  const order = orders.get(language) ?? new Intl.Collator(language);
  orders.set(language, order);
  return order.compare(one, other);
}

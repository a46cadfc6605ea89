import texts from "./error-texts.json" with { type: "json" };

/** The languages seen in recordings (meta.md section 6: French and Danish). */
export const LOCALES = ["en_US", "fr_FR", "da_DK"] as const;
export type Locale = (typeof LOCALES)[number];

interface ErrorText {
  title: string;
  message: string;
}
const TEXTS: Readonly<Record<string, Partial<Record<Locale, ErrorText>>>> = texts;

/**
 * Title and message beside the error of a subcode, in English where a language is missing (Meta mixes them too). English
 * titles of 2804001, 2804003, 2804009 and 2804019 are Meta's; every other wording is the sandbox's own.
 */
export function errorText(subcode: number, locale: Locale): ErrorText | undefined {
  return TEXTS[subcode]?.[locale] ?? TEXTS[subcode]?.en_US;
}

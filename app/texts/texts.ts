import { createInstance, type i18n, type ParseKeys } from "i18next";

import type { ENGLISH } from "./catalogue.ts";
import common from "./en/common.json" with { type: "json" };
import datasets from "./en/datasets.json" with { type: "json" };
import errors from "./en/errors.json" with { type: "json" };
import overview from "./en/overview.json" with { type: "json" };
import reasons from "./en/reasons.json" with { type: "json" };
import setup from "./en/setup.json" with { type: "json" };
import { isolate } from "./isolate.ts";
import { currentLanguage, ENGLISH as FALLBACK, type Language } from "./language.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof ENGLISH };
    returnNull: false;
  }
}

export type TextKey = ParseKeys;

/** A text that code below the pages decided on: its name, and what goes into its gaps, formatted or as text. */
export interface Text {
  readonly key: TextKey;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** What every page loads; the other areas come with the files that name their texts (`areas/`). */
export const SHARED = { common, datasets, errors, overview, reasons, setup };

const ONE_PERIOD = "one-period";

/** What fills a gap may end with a period of its own, as "Oct." and "Inc." do: it is then the sentence's too. */
function endOnce(text: string): string {
  return text.replace(/(?<=\p{L})\.\.(?!\.)/gu, ".");
}

/**
 * English, and the languages that are added (`add-language.ts`): on the server all of them, in a browser that of its page.
 * Complete before a page is drawn, on the server and in the browser alike. A text that a language lacks is said in English.
 */
export const texts: i18n = createInstance({
  lng: FALLBACK,
  fallbackLng: FALLBACK,
  initAsync: false,
  resources: { [FALLBACK]: { translation: SHARED } },
  // Not against HTML: React escapes what it draws, and a file's cells are no HTML. A name in Arabic must not turn around
  // the sentence that it stands in.
  interpolation: { escape: isolate },
  postProcess: ONE_PERIOD,
  returnNull: false,
});
void texts.use({ type: "postProcessor", name: ONE_PERIOD, process: endOnce }).init();

/** Adds the English texts of an area, as each module of `areas/` does when it is loaded. */
export function addTexts(area: Partial<typeof ENGLISH>): void {
  texts.addResourceBundle(FALLBACK, "translation", area);
}

export interface TextTree {
  readonly [name: string]: string | TextTree;
}

/** Where a language keeps what Polaris says. */
export const POLARIS = "polaris";

/** Polaris's own texts in a language; undefined in English, which Polaris brings along. */
export function polarisTexts(language: Language): TextTree | undefined {
  return texts.getResourceBundle(language, POLARIS) as TextTree | undefined;
}

/** A text in the language that is spoken now. */
export function sayText(text: Text): string {
  return sayIn(currentLanguage(), text);
}

/** A text in English, whoever asks: what is stored, and read by many. */
export function sayInEnglish(text: Text): string {
  return sayIn(FALLBACK, text);
}

function sayIn(language: Language, { key, values }: Text): string {
  return speakerOf(language)(key, values);
}

/**
 * Says a text by its name, with what goes into its gaps. i18next's own type works out an answer for each of the thousand
 * names and comes to `string` for all of them, which took a sixth of the time that checking the types takes.
 */
export type Say = (key: TextKey, values?: Readonly<Record<string, unknown>>) => string;

const speakers = new Map<Language, Say>();

/** The same function each time for the same language. */
export function speakerOf(language: Language): Say {
  const speaker = speakers.get(language) ?? (texts.getFixedT(language) as Say);
  speakers.set(language, speaker);
  return speaker;
}

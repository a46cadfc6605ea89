import { createInstance, type i18n, type ParseKeys } from "i18next";

import type { ENGLISH } from "./catalogue.ts";
import common from "./en/common.json" with { type: "json" };
import datasets from "./en/datasets.json" with { type: "json" };
import errors from "./en/errors.json" with { type: "json" };
import overview from "./en/overview.json" with { type: "json" };
import reasons from "./en/reasons.json" with { type: "json" };
import setup from "./en/setup.json" with { type: "json" };
import { isolate } from "./isolate.ts";

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

/** English only so far; complete before a page is drawn, on the server and in the browser alike. */
export const texts: i18n = createInstance({
  lng: "en",
  fallbackLng: "en",
  initAsync: false,
  resources: { en: { translation: SHARED } },
  // Not against HTML: React escapes what it draws, and a file's cells are no HTML. A name in Arabic must not turn around
  // the English sentence that it stands in.
  interpolation: { escape: isolate },
  returnNull: false,
});
void texts.init();

/** Adds the texts of an area, as each module of `areas/` does when it is loaded. */
export function addTexts(area: Partial<typeof ENGLISH>): void {
  texts.addResourceBundle("en", "translation", area);
}

/** A text outside of a page, such as in a file or a log. */
export function sayText({ key, values }: Text): string {
  return texts.t(key, { ...values });
}

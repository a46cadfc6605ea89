import { createInstance, type i18n, type ParseKeys } from "i18next";

import { ENGLISH } from "./catalogue.ts";
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

/** English only so far; complete before the first page is drawn, on the server and in the browser alike. */
export const texts: i18n = createInstance({
  lng: "en",
  fallbackLng: "en",
  initAsync: false,
  resources: { en: { translation: ENGLISH } },
  // Not against HTML: React escapes what it draws, and a file's cells are no HTML. A name in Arabic must not turn around
  // the English sentence that it stands in.
  interpolation: { escape: isolate },
  returnNull: false,
});
void texts.init();

/** A text outside of a page, such as in a file or a log. */
export function sayText({ key, values }: Text): string {
  return texts.t(key, { ...values });
}

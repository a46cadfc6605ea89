import { readdirSync } from "node:fs";

import type { Language } from "../../texts/language.ts";

const FOLDER = "build/client/assets";

let scripts: readonly string[] | undefined;

/**
 * The address of the script with a language's texts (`app/texts/load-language.ts`), so that a browser fetches it together with
 * the page's others and not after them. Undefined in English, and where the pages are not built (development): a page without
 * the hint loads a little later.
 */
export function languageScript(language: Language): string | undefined {
  scripts ??= namesIn(FOLDER);
  const name = scripts.find((each) => each.startsWith(`language-${language}-`) && each.endsWith(".js"));
  return name && `/assets/${name}`;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

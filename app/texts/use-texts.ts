import type { TFunction } from "i18next";

import { currentLanguage, type Language } from "./language.ts";
import { sayText, texts } from "./texts.ts";

const fixed = new Map<Language, TFunction>();

/**
 * `t` for texts that a page names itself, `say` for those that code below the pages decided on. A page's language does not
 * change while it is open, so there is nothing to listen to; `t` is the same function at each drawing.
 */
export function useTexts() {
  const language = currentLanguage();
  const t = fixed.get(language) ?? texts.getFixedT(language);
  fixed.set(language, t);
  return { t, say: sayText };
}

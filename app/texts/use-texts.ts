import { currentLanguage } from "./language.ts";
import { sayText, speakerOf } from "./texts.ts";

/**
 * `t` for texts that a page names itself, `say` for those that code below the pages decided on. A page's language does not
 * change while it is open, so there is nothing to listen to; `t` is the same function at each drawing.
 */
export function useTexts() {
  return { t: speakerOf(currentLanguage()), say: sayText };
}

import { useTranslation } from "react-i18next";

import type { Text } from "./texts.ts";

/** `t` for texts that a page names itself, `say` for those that code below the pages decided on. */
export function useTexts() {
  const { t } = useTranslation();
  return { t, say: ({ key, values }: Text): string => t(key, { ...values }) };
}

import { useEffect } from "react";

/**
 * After an answer that refuses a form, the keyboard stands in the first field that has an error, whatever was pressed.
 *
 * @param answer a new one each time; what holds no error in any field moves nothing
 */
export function useFocusOnError(answer: unknown): void {
  useEffect(() => {
    if (answer === undefined || answer === null) return;
    document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus();
  }, [answer]);
}

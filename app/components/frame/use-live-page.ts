import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";

import { onReturn } from "./on-return.ts";

const FIRST_MS = 2_000;
const SLOWEST_MS = 30_000;

/**
 * Loads the page's data again while something on it is under way, so that the merchant sees the end without a reload:
 * after 2 s, then in longer and longer pauses, and at once when they come back to the page. A page that is hidden asks
 * nothing, and neither does one without a connection: what it shows stays.
 */
export function useLivePage(underWay: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!underWay) return;
    let pause = FIRST_MS;
    let timer = setTimeout(again, pause);
    const stop = onReturn(() => {
      clearTimeout(timer);
      pause = FIRST_MS;
      again();
    });
    return () => {
      clearTimeout(timer);
      stop();
    };

    function again() {
      if (!document.hidden && navigator.onLine) revalidate();
      pause = Math.min(pause * 1.5, SLOWEST_MS);
      timer = setTimeout(again, pause);
    }
  }, [underWay, revalidate]);
}

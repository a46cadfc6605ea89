import { useSyncExternalStore } from "react";

const NOTHING = () => () => undefined;

/**
 * False while the server writes the page and the browser takes it over, true from then on. What is loaded later by `lazy` waits
 * for it: React gives up the server's text of a part that changes before its script has come, and says so as an error.
 */
export function useIsAlive(): boolean {
  return useSyncExternalStore(
    NOTHING,
    () => true,
    () => false,
  );
}

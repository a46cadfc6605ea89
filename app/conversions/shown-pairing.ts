import { hasBrowserCopy, storedKind } from "./order/sale-kinds.ts";

/**
 * What became of an order's two copies, as the log, its filters and its file tell it: `server_only` is an order whose
 * browser copy was lost (recovered), `no_browser` one of a kind that has none, `no_copies` one that was left out.
 */
export const SHOWN_PAIRINGS = [
  "paired",
  "server_only",
  "browser_only",
  "mismatched",
  "pending",
  "no_browser",
  "no_copies",
] as const;
export type ShownPairing = (typeof SHOWN_PAIRINGS)[number];

/**
 * @param stored `conversion.pairing`
 * @param source `conversion.source`, whichever version wrote it
 * @param states of its deliveries
 */
export function shownPairing(stored: string, source: string, states: readonly string[]): ShownPairing {
  const isLeftOut = states.length > 0 && states.every((state) => state === "skipped");
  if (stored === "pending" && isLeftOut) return "no_copies";
  const known = SHOWN_PAIRINGS.find((each) => each === stored) ?? "pending";
  if (known === "paired" || known === "mismatched") return known;
  return hasBrowserCopy(storedKind(source)) ? known : "no_browser";
}

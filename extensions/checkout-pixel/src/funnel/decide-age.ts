import type { AsyncStorage } from "../pixel-surroundings.ts";

/** Written by the storefront script when the visitor allows marketing in the middle of a page: Unix milliseconds. */
const ALLOWED = "tandem:allowed";
/** A page's own events are this old at most when Shopify has loaded the pixel. */
const OLDEST_MS = 15_000;

/**
 * Whether an event of this time may be told. Shopify hands a pixel that loads late what the page has published before, and it
 * loads late where the visitor has only now agreed: what came before the consent is nobody's.
 *
 * @param startedAt when this worker began, Unix milliseconds
 */
export function decideAge(storage: AsyncStorage, startedAt: number): (time: number) => Promise<boolean> {
  const allowedAt = storage
    .getItem(ALLOWED)
    .then((mark) => Number(mark) || 0)
    .catch(() => 0);
  // A time that is no number is no later than any moment.
  return (time) => allowedAt.then((allowed) => time >= Math.max(startedAt - OLDEST_MS, allowed));
}

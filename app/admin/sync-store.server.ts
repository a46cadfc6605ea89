import type { Tandem } from "./tandem.ts";

/**
 * Tells Shopify's side of a store (theme metafield, web pixel) what has just changed here. What takes longer than a
 * merchant should wait goes on behind the answer, and what fails is kept beside the store and mended by a periodic job.
 */
export function syncStore(tandem: Tandem, shop: string): Promise<void> {
  return tandem.storefronts.sync(shop);
}

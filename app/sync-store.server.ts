import { setTimeout as sleep } from "node:timers/promises";

import { syncStorefront } from "./stores/sync-storefront.server.ts";
import type { Tandem } from "./tandem.server.ts";

/** A merchant who saved something is not kept longer than this for Shopify's part of it. */
const PATIENCE_MS = 4_000;

/**
 * Tells Shopify's side of a store (theme metafield, web pixel) what has just changed here. What takes longer goes on
 * behind the answer, and what fails is kept beside the store and mended by a periodic job.
 */
export async function syncStore(tandem: Tandem, shop: string): Promise<void> {
  const synced = syncStorefront(tandem, shop, (document, variables) =>
    tandem.callAdmin(shop, document, variables),
  ).catch((error: unknown) => {
    tandem.log.error({ err: error, shop }, "Shopify's side of the store could not be brought up to date");
  });
  const late = new AbortController();
  await Promise.race([synced, sleep(PATIENCE_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
}

import { setTimeout as sleep } from "node:timers/promises";

import type { CallAdmin } from "./call-admin.server.ts";
import { syncStorefront, type StorefrontDependencies } from "./sync-storefront.server.ts";

export type KeepDependencies = StorefrontDependencies & { readonly callAdmin: CallAdmin };

/** Tells Shopify's side of a store about a change that was just saved. */
export interface StorefrontKeeper {
  /** Resolves when it is done, or after a few seconds while it goes on: a slow Shopify does not hold up a save. */
  sync(shop: string): Promise<void>;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
}

const PATIENCE_MS = 4_000;

/**
 * Syncs of one store run one after the other, so that the last save is the last write. A change counts as not written
 * until it is: a process that dies in between leaves it to the job.
 */
export function createStorefrontKeeper(deps: KeepDependencies): StorefrontKeeper {
  const running = new Map<string, Promise<void>>();

  const run = async (shop: string): Promise<void> => {
    try {
      await deps.database.prisma.store.updateMany({ where: { shop }, data: { metafieldState: null } });
      await syncOutside(deps, shop);
    } catch (error) {
      deps.log.error({ err: error, shop }, "Shopify's side of the store could not be brought up to date");
    }
  };

  return {
    sync: async (shop) => {
      const mine = (running.get(shop) ?? Promise.resolve()).then(() => run(shop));
      running.set(shop, mine);
      void mine.then(() => {
        if (running.get(shop) === mine) running.delete(shop);
      });
      const late = new AbortController();
      await Promise.race([
        mine,
        sleep(PATIENCE_MS, undefined, { signal: late.signal, ref: false }).catch(() => undefined),
      ]);
      late.abort();
    },
    idle: async () => {
      await Promise.allSettled(running.values());
    },
  };
}

const RETRY_BATCH = 200;

/**
 * Tries again where Shopify's side of a store is not as it should be.
 * @returns how many were tried and how many are well now
 */
export async function mendStorefronts(
  deps: KeepDependencies,
  signal: AbortSignal,
): Promise<{ readonly tried: number; readonly mended: number }> {
  const stores = await deps.database.prisma.store.findMany({
    where: {
      state: "installed",
      OR: [
        { webPixelState: null },
        { webPixelState: "failed" },
        // Connected without what its release does not know yet.
        { webPixelProblem: { not: null } },
        { metafieldState: null },
        { metafieldState: "failed" },
        // Installed before shop IDs were kept: webhooks are bound to the ID as soon as it is known.
        { shopId: null },
      ],
    },
    select: { shop: true },
    orderBy: { webPixelAt: { sort: "asc", nulls: "first" } },
    take: RETRY_BATCH,
  });
  let [tried, mended] = [0, 0];
  for (const { shop } of stores) {
    if (signal.aborted) break;
    const outcome = await syncOutside(deps, shop);
    tried += 1;
    if (outcome.kind === "synced" && outcome.metafield.problem === null && outcome.webPixel.problem === null)
      mended += 1;
  }
  return { tried, mended };
}

function syncOutside(deps: KeepDependencies, shop: string) {
  return syncStorefront(deps, shop, (document, ...variables) => deps.callAdmin(shop, document, ...variables));
}

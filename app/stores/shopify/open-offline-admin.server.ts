import { setTimeout as sleep } from "node:timers/promises";

import type { Session } from "@shopify/shopify-api";

import type { Database } from "../../platform/database/database.server.ts";
import type { AdminGraphql } from "./call-admin.server.ts";
import { claimRefresh } from "./claim-refresh.server.ts";

export interface OfflineAdminDependencies {
  readonly database: Database;
  /** The library's, which refreshes a token within five minutes of its end and stores the new pair. */
  readonly openAdmin: (shop: string) => Promise<AdminGraphql>;
  readonly loadSession: (id: string) => Promise<Session | undefined>;
}

/** A little more than the library's own five minutes: whoever may refresh must hold the claim. */
const REFRESH_WITHIN_MS = 6 * 60_000;
/** How often who waits for another process's refresh looks for the fresh token, and for how long. */
const LOOK_MS = 250;
const LONGEST_WAIT_MS = 35_000;

/**
 * The Admin API outside of a request, by the store's offline token.
 *
 * The refresh token rotates: of two that refresh at once, one would store a pair that Shopify has already replaced. So
 * whoever refreshes claims it first, before all processes, and who finds it claimed waits for the fresh pair. A claim is
 * a mark with an end in the session's row: nothing of the database is held while Shopify is asked.
 */
export function createOpenOfflineAdmin(
  deps: OfflineAdminDependencies,
): (shop: string) => Promise<AdminGraphql | undefined> {
  const refreshing = new Map<string, Promise<AdminGraphql | undefined>>();

  const refresh = (shop: string): Promise<AdminGraphql | undefined> => {
    const known = refreshing.get(shop);
    if (known) return known;
    const run = refreshAlone(deps, shop).finally(() => refreshing.delete(shop));
    refreshing.set(shop, run);
    return run;
  };

  return async (shop) => {
    const session = await deps.loadSession(`offline_${shop}`);
    if (!session?.accessToken) return undefined;
    return session.isExpired(REFRESH_WITHIN_MS) ? refresh(shop) : deps.openAdmin(shop);
  };
}

async function refreshAlone(deps: OfflineAdminDependencies, shop: string): Promise<AdminGraphql | undefined> {
  const id = `offline_${shop}`;
  const giveUpAt = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    const claim = await claimRefresh(deps.database, id);
    try {
      // Read after the claim: whoever had it before has stored the fresh pair by now.
      const session = await deps.loadSession(id);
      if (!session?.accessToken) return undefined;
      if (claim || !session.isExpired(REFRESH_WITHIN_MS)) return await deps.openAdmin(shop);
    } finally {
      await claim?.release();
    }
    if (performance.now() > giveUpAt) throw new Error("another process did not end its refresh in time");
    await sleep(LOOK_MS);
  }
}

import type { Session } from "@shopify/shopify-api";

import type { Database } from "../platform/database.server.ts";
import type { AdminGraphql } from "./call-admin.server.ts";

export interface OfflineAdminDependencies {
  readonly database: Database;
  /** The library's, which refreshes a token within five minutes of its end and stores the new pair. */
  readonly openAdmin: (shop: string) => Promise<AdminGraphql>;
  readonly loadSession: (id: string) => Promise<Session | undefined>;
}

/** A little more than the library's own five minutes: whoever may refresh must hold the lock. */
const REFRESH_WITHIN_MS = 6 * 60_000;
const REFRESH_MS = 20_000;

/**
 * The Admin API outside of a request, by the store's offline token.
 *
 * The refresh token rotates: of two that refresh at once, one would store a pair that Shopify has already replaced. So a
 * refresh happens under a lock that all processes share, and who waited for the lock finds the fresh pair. On the
 * embedded database there is one process, and a transaction would block its only connection: a queue serves there.
 */
export function createOpenOfflineAdmin(
  deps: OfflineAdminDependencies,
): (shop: string) => Promise<AdminGraphql | undefined> {
  const refreshing = new Map<string, Promise<AdminGraphql>>();

  const refresh = (shop: string): Promise<AdminGraphql> => {
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

async function refreshAlone(deps: OfflineAdminDependencies, shop: string): Promise<AdminGraphql> {
  if (deps.database.kind === "embedded") return deps.openAdmin(shop);
  return deps.database.prisma.$transaction(
    async (transaction) => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`tandem:refresh:${shop}`}, 0))`;
      return deps.openAdmin(shop);
    },
    { maxWait: REFRESH_MS, timeout: REFRESH_MS },
  );
}

import type { Database } from "./platform/database.server.ts";
import type { Log } from "./platform/log.server.ts";
import type { createShopify } from "./shopify.server.ts";
import { createCallAdmin, type AdminGraphql, type CallAdmin } from "./stores/call-admin.server.ts";
import { createOpenOfflineAdmin } from "./stores/open-offline-admin.server.ts";

/** The Admin API of any installed store, outside of a request: for periodic jobs and for an operator's commands. */
export function createOfflineAdmin(deps: {
  readonly shopify: ReturnType<typeof createShopify>;
  readonly database: Database;
  readonly log: Log;
}): CallAdmin {
  const { shopify, database, log } = deps;
  return createCallAdmin({
    openAdmin: createOpenOfflineAdmin({
      database,
      openAdmin: async (shop) => (await shopify.unauthenticated.admin(shop)).admin.graphql as AdminGraphql,
      loadSession: (id) => shopify.sessionStorage.loadSession(id),
    }),
    log,
  });
}

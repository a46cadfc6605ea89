import type { Database } from "./platform/database/database.server.ts";
import type { Environment } from "./platform/process/environment.server.ts";
import type { Log } from "./platform/process/log.server.ts";
import { createShopifyChecks } from "./platform/http/shopify-checks.server.ts";
import { ADMIN_API_VERSION, type createShopify } from "./shopify.server.ts";
import { createCallAdmin, type CallAdmin } from "./stores/shopify/call-admin.server.ts";
import {
  createCheckInstallation,
  type CheckInstallation,
} from "./stores/shopify/check-installation.server.ts";
import { createOpenOfflineAdmin } from "./stores/shopify/open-offline-admin.server.ts";

interface Dependencies {
  readonly shopify: ReturnType<typeof createShopify>;
  readonly database: Database;
  readonly log: Log;
}

/** The Admin API of any installed store, outside of a request: for periodic jobs and for an operator's commands. */
export function createOfflineAdmin(deps: Dependencies): CallAdmin {
  return createCallAdmin({ openAdmin: openAdminOf(deps), log: deps.log });
}

/** The question whether the app is still installed, asked with the store's own token. */
export function createInstallationCheck(
  deps: Dependencies & { readonly environment: Environment },
): CheckInstallation {
  const { shopify, environment, database, log } = deps;
  const api = createShopifyChecks(environment, ADMIN_API_VERSION);
  return createCheckInstallation({
    database,
    loadSession: (id) => shopify.sessionStorage.loadSession(id),
    storeSession: (session) => shopify.sessionStorage.storeSession(session),
    openAdmin: openAdminOf(deps),
    refreshToken: (input) => api.auth.refreshToken(input),
    log,
  });
}

/** The store's own client, for a question that is none of the app's documents. */
export function openAdminOf({ shopify, database }: Dependencies) {
  return createOpenOfflineAdmin({
    database,
    openAdmin: async (shop) => (await shopify.unauthenticated.admin(shop)).admin.graphql,
    loadSession: (id) => shopify.sessionStorage.loadSession(id),
  });
}

import "@shopify/shopify-app-remix/adapters/node";

import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from "@shopify/shopify-app-remix/server";
import { PrismaSessionStorage } from "@shopify/shopify-app-session-storage-prisma";

import { boundFetch, LARGEST_SHOPIFY_ANSWER } from "./platform/http/bounded-fetch.server.ts";
import type { Database } from "./platform/database/database.server.ts";
import type { Environment } from "./platform/process/environment.server.ts";
import { redactText, type Log } from "./platform/process/log.server.ts";
import type { SecretBox } from "./platform/process/secret-box.server.ts";
import type { AdminGraphql } from "./stores/shopify/call-admin.server.ts";
import { sealSessions } from "./stores/shopify/sealed-session-storage.server.ts";

// The adapter gave the library the global `fetch`, which follows redirects with every header and reads without end.
setAbstractFetchFunc(boundFetch(fetch, { largestAnswer: LARGEST_SHOPIFY_ANSWER }));

/** The Admin API version: also in shopify.app.toml (a test compares them). */
export const ADMIN_API_VERSION = ApiVersion.October26;

export interface ShopifyDependencies {
  readonly environment: Environment;
  readonly database: Database;
  readonly secretBox: SecretBox;
  readonly log: Log;
  /** Runs after each token exchange or refresh through the admin. A failure here must not lock the merchant out. */
  readonly onSignedIn: (shop: string, scopes: string | undefined, admin: AdminGraphql) => Promise<void>;
}

/** Shopify's own library, configured: token exchange, expiring offline tokens, one offline session per store. */
export function createShopify(deps: ShopifyDependencies) {
  const { environment, log } = deps;
  return shopifyApp({
    apiKey: environment.SHOPIFY_API_KEY,
    apiSecretKey: environment.SHOPIFY_API_SECRET,
    appUrl: environment.SHOPIFY_APP_URL,
    apiVersion: ADMIN_API_VERSION,
    authPathPrefix: "/auth",
    distribution: AppDistribution.AppStore,
    sessionStorage: sealSessions(new PrismaSessionStorage(deps.database.prisma), deps.secretBox, log),
    future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
    logger: {
      level: LogSeverity.Info,
      log: async (severity, message) => {
        const text = redactText(message);
        if (severity === LogSeverity.Error) log.error({ from: "shopify" }, text);
        else if (severity === LogSeverity.Warning) log.warn({ from: "shopify" }, text);
        else log.debug({ from: "shopify" }, text);
      },
    },
    hooks: {
      afterAuth: async ({ session, admin }) => {
        try {
          await deps.onSignedIn(session.shop, session.scope, admin.graphql);
        } catch (error) {
          log.error(
            { err: error, shop: session.shop },
            "the store could not be set up after sign-in; tried again at the next one",
          );
        }
      },
    },
  });
}

export type Shopify = ReturnType<typeof createShopify>;

// First, so that Shopify's library finds the rerouted fetch when it is imported.
import "#sandbox/shopify/reroute.mjs";

import { randomBytes } from "node:crypto";

import { Session } from "@shopify/shopify-api";

import { asRecord } from "#app/conversions/read-json.ts";
import type { Asked } from "#tests/setup/answer-admin.ts";
import { createIntake, type Intake } from "#app/intake/take-in-order.server.ts";
import type { Clock } from "#app/platform/process/clock.ts";
import type { Database } from "#app/platform/database/database.server.ts";
import { readEnvironment, type Environment } from "#app/platform/process/environment.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createSecretBox } from "#app/platform/process/secret-box.server.ts";
import { createShopify, type Shopify } from "#app/shopify.server.ts";
import { createCallAdmin, type CallAdmin } from "#app/stores/shopify/call-admin.server.ts";
import { createOpenOfflineAdmin } from "#app/stores/shopify/open-offline-admin.server.ts";
import { startShopify, type ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";

export const SHOP = "tandem-demo.myshopify.com";

const KEY = randomBytes(32).toString("base64");
const read = readEnvironment({
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "secret",
  SHOPIFY_APP_URL: "https://tandem.example.com",
  APP_ENCRYPTION_KEY: KEY,
});
if (!read.ok) throw new Error(read.problems.join());
export const environment: Environment = read.environment;

/** The app's side of Shopify's Admin API, through Shopify's own library, for one process. */
export interface AppSide {
  readonly callAdmin: CallAdmin;
  /** The body of Shopify's answer, as it came over the wire. */
  readonly ask: (asked: Asked) => Promise<Readonly<Record<string, unknown>>>;
  readonly shopify: Shopify;
  readonly intake: Intake;
}

export function openAppSide(database: Database, clock: Clock = Date.now): AppSide {
  const log = createLog("silent");
  const box = createSecretBox(KEY);
  if (!box.ok) throw new Error(box.problem);
  const shopify = createShopify({
    environment,
    database,
    secretBox: box.box,
    log,
    onSignedIn: async () => undefined,
  });
  const openAdmin = createOpenOfflineAdmin({
    database,
    openAdmin: async (shop) => (await shopify.unauthenticated.admin(shop)).admin.graphql,
    loadSession: (id) => shopify.sessionStorage.loadSession(id),
  });
  const ask: AppSide["ask"] = async ({ shop, document, variables }) => {
    const graphql = await openAdmin(shop);
    return asRecord(await (await graphql?.(document, { variables }))?.json()) ?? {};
  };
  return {
    callAdmin: createCallAdmin({ openAdmin, log }),
    ask,
    shopify,
    intake: createIntake({ database, clock, log }),
  };
}

/** A small Shopify on localhost. @param webPixelToml the released web pixel: ours as it is, unless another is given */
export async function openShopify(
  now: Clock = Date.now,
  webPixelToml = "extensions/checkout-pixel/shopify.extension.toml",
): Promise<ShopifySandbox> {
  const sandbox = await startShopify({
    appUrl: "http://localhost:1",
    apiKey: "key",
    apiSecret: "secret",
    now,
    appToml: "shopify.app.toml",
    webPixelToml,
  });
  process.env["SANDBOX_SHOPIFY_URL"] = sandbox.url;
  return sandbox;
}

/** Installs the app in the sandbox and gives the app a session, as a token exchange does. */
export async function signIn(sandbox: ShopifySandbox, { shopify }: AppSide, shop = SHOP): Promise<void> {
  sandbox.install(shop);
  const scopes = sandbox.store(shop).installation?.scopes ?? [];
  const { access, refresh } = sandbox.tokens.issueOffline(shop, scopes);
  await shopify.sessionStorage.storeSession(
    new Session({
      id: `offline_${shop}`,
      shop,
      state: "",
      isOnline: false,
      scope: scopes.join(","),
      accessToken: access.token,
      ...(access.expiresAt === undefined ? {} : { expires: new Date(access.expiresAt) }),
      ...(refresh ? { refreshToken: refresh.token, refreshTokenExpires: new Date(refresh.expiresAt) } : {}),
    }),
  );
}

/**
 * A small Shopify on localhost: stores, tokens, the admin around an embedded app, the Admin API, webhooks and
 * storefronts. It knows nothing of app/ and treats it as Shopify would.
 *
 * Rules, each from the project's reference on Shopify (section numbers), and where they live:
 *   session tokens, token exchange, expiring offline tokens (1.5, 1.7)          auth/
 *   launch parameters, App Bridge, theme editor deep link (1.6, 6, 8)           launch-url.ts, admin/, browser/
 *   webhook signature, 5 s, eight retries in four hours, topics (1.4, 3)        webhooks/
 *   the order as orders/paid carries it, its traps (4)                          make-order.ts, orders/
 *   Admin API: schema, cost, scopes, 60 days, search (3, 9)                     graphql/
 *   web pixels: settings, strict worker, consent, once per checkout (5)         graphql/web-pixels.ts, browser/web-pixel-*
 *   app embeds, cart attributes, customer privacy, app proxy (6)                storefront/
 * Guessed where Shopify documents nothing (all in the answers, none in the rules): names of OAuth errors other than
 * invalid_subject_token; 403 for a revoked token; linear cost of connections; texts of web pixel errors.
 *
 * Other processes steer it over HTTP, see control-api.ts; the app's process finds it through reroute.mjs.
 */
import { adminRoutes } from "./admin/admin-routes.ts";
import { answerTokenRequest } from "./auth/oauth-endpoint.ts";
import { controlRoutes } from "./control-api.ts";
import { redirect, serve, type Call, type Route, type RouteChoice } from "./http/http-server.ts";
import { indexPage } from "./index-page.ts";
import { SEED_STORES } from "./seed-stores.ts";
import { storefrontRoutes } from "./storefront/storefront-routes.ts";
import { ShopifyState, type ShopifyOptions } from "./shopify-sandbox.ts";
import type { Store } from "./store.ts";

export type { ShopifyOptions } from "./shopify-sandbox.ts";

/** A running small Shopify. Everything of ShopifyState, and its address. */
export interface ShopifySandbox extends ShopifyState {
  readonly url: string;
  /** What the app's process needs to find this sandbox (see reroute.mjs). */
  readonly appEnvironment: Readonly<Record<string, string>>;
  /** Page of the admin with the app framed. */
  adminUrl(shop: string, path?: string): string;
  close(): Promise<void>;
}

/** The store a rerouted request meant: its host came along in x-sandbox-host (or is the Host itself). */
function storeOf(call: Call, state: ShopifyState): Store | undefined {
  const meant = call.headers["x-sandbox-host"] ?? call.headers.host ?? "";
  return state.stores.get(Array.isArray(meant) ? (meant[0] ?? "") : meant);
}

function shopRoutes(state: ShopifyState): Route[] {
  const { apiKey, apiSecret } = state.options;
  const oauth = {
    apiKey,
    apiSecret,
    tokens: state.tokens,
    now: state.now,
    requireExpiringTokens: state.options.requireExpiringTokens ?? true,
  };
  return [
    { method: "GET", path: /^\/$/, handle: () => indexPage(state) },
    {
      method: "GET",
      path: /^\/shop\/([a-z0-9-]+)(\/.*)?$/,
      handle: (call) => redirect(state.store(call.params[0] ?? "").storefrontUrl + (call.params[1] ?? "/")),
    },
    {
      method: "POST",
      path: /^\/admin\/oauth\/access_token$/,
      handle: (call) => answerTokenRequest(call, storeOf(call, state), oauth),
    },
    {
      method: "POST",
      path: /^\/admin\/api\/([^/]+)\/graphql\.json$/,
      handle: (call) => state.admin.answer(call, call.params[0] ?? "", storeOf(call, state)),
    },
  ];
}

/** Storefronts answer on {handle}.localhost, everything else of Shopify on any other host. */
function chooseRoutes(state: ShopifyState): RouteChoice {
  const platform = [...shopRoutes(state), ...adminRoutes(state), ...controlRoutes(state)];
  const storefronts = new Map<string, Route[]>();
  return (host) => {
    const handle = /^([a-z0-9-]+)\.localhost(:\d+)?$/.exec(host)?.[1];
    const store = handle === undefined ? undefined : state.stores.get(`${handle}.myshopify.com`);
    if (!store) return platform;
    const known = storefronts.get(store.domain) ?? storefrontRoutes(store, state);
    storefronts.set(store.domain, known);
    return known;
  };
}

/** Starts the sandbox on localhost. */
export async function startShopify(options: ShopifyOptions): Promise<ShopifySandbox> {
  const state = new ShopifyState(options, SEED_STORES);
  const server = await serve(chooseRoutes(state), options.port, options.host);
  state.listensAt(server.url);
  return Object.assign(state, {
    url: server.url,
    appEnvironment: {
      SANDBOX_SHOPIFY_URL: server.url,
      APP_BRIDGE_URL: `${server.url}/app-bridge.js`,
      FRAME_ANCESTORS_LOCAL: server.url,
    },
    adminUrl: (shop: string, path = "/") =>
      `${server.url}/store/${state.store(shop).handle}/apps/${options.apiKey}${path}`,
    close: async () => {
      await state.webhooks.close();
      await server.close();
    },
  });
}

/**
 * A small Shopify on localhost: stores, tokens, the admin around an embedded app, the Admin API, webhooks and
 * storefronts. It knows nothing of app/ and treats it as Shopify would. Its rules and where they live: sandbox/README.md.
 *
 * Other processes steer it over HTTP (control-api.ts); the app's process finds it through reroute.mjs.
 */
import express, { Router, type Express, type Request } from "express";
import { answering, listen, newApp, reportFailure } from "../http/express-server.ts";
import { adminRoutes } from "./admin/admin-routes.ts";
import { answerTokenRequest } from "./auth/oauth-endpoint.ts";
import { controlRoutes, describeStores } from "./control-api.ts";
import { renderPage } from "../http/render-page.ts";
import { storefrontRoutes } from "./storefront/storefront-routes.ts";
import { ShopifyState, type ShopifyOptions } from "./shopify-sandbox.ts";
import type { Store } from "./store.ts";

/** The host that a request was meant for: a rerouted one carries it in x-sandbox-host. */
const hostOf = (request: Request): string => request.get("x-sandbox-host") ?? request.get("host") ?? "";

/** Everything of Shopify but its storefronts: token endpoint, Admin API, the admin, the sandbox's own pages. */
function platformRoutes(state: ShopifyState): Router {
  const { apiKey, apiSecret, appUrl, metaUrl = null } = state.options;
  const oauth = { apiKey, apiSecret, tokens: state.tokens, now: state.now };
  const storeOf = (request: Request) => state.stores.get(hostOf(request));
  const router = Router({ caseSensitive: true });
  router.get(
    "/",
    answering(async (_request, response) => {
      const data = { apiKey, appUrl, metaUrl, stores: describeStores(state), stats: state.webhooks.stats };
      response.send(await renderPage("index", data));
    }),
  );
  router.get("/shop/:handle/:path(*)?", (request, response) => {
    const { handle = "", path = "" } = request.params;
    response.redirect(`${state.store(handle).storefrontUrl}/${path}`);
  });
  router.post(
    "/admin/oauth/access_token",
    express.json(),
    express.urlencoded({ extended: false }),
    answering(async (request, response) => {
      const form = request.body as Readonly<Record<string, unknown>>;
      const { status, body } = await answerTokenRequest(form, storeOf(request), oauth);
      response.status(status).json(body);
    }),
  );
  router.post(
    "/admin/api/:version/graphql.json",
    express.json({ limit: "8mb" }),
    answering((request, response) => state.admin.answer(request, response, storeOf(request))),
  );
  router.use(adminRoutes(state));
  router.use("/__control", controlRoutes(state));
  return router;
}

/** Storefronts answer on {handle}.localhost, everything else of Shopify on any other host. */
function shopifyApp(state: ShopifyState): Express {
  const platform = platformRoutes(state);
  const storefronts = new Map<Store, Router>();
  const routesOf = (host: string): Router => {
    const handle = /^([a-z0-9-]+)\.localhost(:\d+)?$/.exec(host)?.[1];
    const store = handle === undefined ? undefined : state.stores.get(`${handle}.myshopify.com`);
    if (!store) return platform;
    const known = storefronts.get(store) ?? storefrontRoutes(store, state);
    storefronts.set(store, known);
    return known;
  };
  const app = newApp();
  app.use((request, response, next) => {
    response.setHeader("cache-control", "no-store");
    routesOf(hostOf(request))(request, response, next);
  });
  app.use((_request, response) => {
    response.status(404).type("text").send("Not found\n");
  });
  app.use(reportFailure);
  return app;
}

/** Starts the sandbox on localhost. */
export async function startShopify(options: ShopifyOptions) {
  const state = new ShopifyState(options);
  const server = await listen(shopifyApp(state), options.port);
  const url = `http://localhost:${server.port}`;
  state.listensAt(url);
  return Object.assign(state, {
    url,
    /** What the app's process needs to find this sandbox (see reroute.mjs). */
    appEnvironment: {
      SANDBOX_SHOPIFY_URL: url,
      APP_BRIDGE_URL: `${url}/app-bridge.js`,
      FRAME_ANCESTORS_LOCAL: url,
    },
    /** Page of the admin with the app framed. */
    adminUrl: (shop: string, path = "/") =>
      `${url}/store/${state.store(shop).handle}/apps/${options.apiKey}${path}`,
    close: async () => {
      await state.webhooks.close();
      await server.close();
    },
  });
}
/** A running small Shopify. Everything of ShopifyState, and its address. */
export type ShopifySandbox = Awaited<ReturnType<typeof startShopify>>;

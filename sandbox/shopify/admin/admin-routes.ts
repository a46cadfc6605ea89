import express, { type Request, type Response, Router } from "express";
import { browserScript } from "../../http/browser-script.ts";
import { answering, urlOf } from "../../http/express-server.ts";
import { staffLocale } from "./staff-locale.ts";
import { writeJson } from "../orders/order-json.ts";
import { renderPage } from "../../http/render-page.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import type { Store } from "../store.ts";
import { describeExtensions, viewThemeEditor } from "./theme-editor.ts";

/** Newest orders on the orders page. */
const SHOWN = 50;
const EDITOR = "/store/:handle/themes/:theme/editor";

/** Pages under /store/{handle}, and the scripts they need. */
export function adminRoutes(state: ShopifyState): Router {
  const { apiKey, appUrl, themeExtensionDir } = state.options;
  const router = Router({ caseSensitive: true });
  const inStore = (handle: (store: Store, request: Request, response: Response) => unknown) =>
    answering((request, response) => {
      const store = state.stores.get(`${request.params["handle"] ?? ""}.myshopify.com`);
      return store ? handle(store, request, response) : response.status(404).send("No such store\n");
    });
  /** One page inside the admin's frame: top bar, menu on the left, the given middle. */
  const page = async (response: Response, store: Store, name: string, title: string, data: object = {}) => {
    const frame = { store, title, apiKey, base: `/store/${store.handle}` };
    response.send(await renderPage(name, { ...frame, ...data }));
  };
  const unknown = (store: Store, request: Request, response: Response) =>
    page(response, store, "admin-unknown", "Not in the sandbox", {
      path: request.path.replace(/^\/store\/[^/]+/, ""),
    });

  /** The page that frames the app at the path asked for. Shopify asks for the scopes before it opens one not installed. */
  const openApp = async (store: Store, request: Request, response: Response) => {
    if (!store.installation) {
      return page(response, store, "admin-install", "Install app", { scopes: state.scopes });
    }
    const storePath = `/store/${store.handle}`;
    const path = `/${request.params["path"] ?? ""}${urlOf(request).search}`;
    return page(response, store, "admin-app", "Tandem", {
      address: await state.launchUrl(store.domain, path, staffLocale(request)),
      config: {
        appOrigin: new URL(appUrl).origin,
        base: `${storePath}/apps/${apiKey}`,
        appTitle: "Tandem",
        storePath,
      },
    });
  };

  for (const name of ["app-bridge", "admin-host"]) {
    router.get(`/${name}.js`, (_request, response) => {
      response.type("js").send(browserScript(new URL(`../browser/${name}.ts`, import.meta.url)));
    });
  }
  router.post(
    "/store/:handle/__id-token",
    inStore(async (store, _request, response) => response.json({ token: await state.idToken(store.domain) })),
  );
  router.get(
    "/store/:handle/__extensions",
    inStore((store, _request, response) => response.json(describeExtensions(store, themeExtensionDir))),
  );
  router.post(
    `/store/:handle/apps/:app(${apiKey}|tandem)/__install`,
    inStore((store, _request, response) => {
      state.install(store.domain);
      response.redirect(`/store/${store.handle}/apps/${apiKey}`);
    }),
  );
  router.get(`/store/:handle/apps/:app(${apiKey}|tandem)/:path(*)?`, inStore(openApp));
  router.get(
    EDITOR,
    inStore((store, request, response) =>
      page(response, store, "admin-theme-editor", "Theme editor", {
        ...viewThemeEditor(
          store,
          themeExtensionDir,
          apiKey,
          urlOf(request).searchParams.get("activateAppId"),
        ),
      }),
    ),
  );
  router.post(
    EDITOR,
    express.urlencoded({ extended: false }),
    inStore((store, request, response) => {
      store.embed.active = (request.body as { active?: string }).active === "true";
      response.redirect(`/store/${store.handle}/themes/current/editor?context=apps`);
    }),
  );
  router.get(
    "/store/:handle/orders",
    inStore((store, _request, response) =>
      page(response, store, "admin-orders", "Orders", {
        orders: [...store.orders.values()].reverse().slice(0, SHOWN),
      }),
    ),
  );
  router.get(
    "/store/:handle/orders/:order(\\d+)",
    inStore((store, request, response) => {
      const record = store.orders.get(request.params["order"] ?? "");
      if (!record) return unknown(store, request, response);
      const text = JSON.stringify(JSON.parse(writeJson(record.payload)), null, 2);
      return page(response, store, "admin-order", record.payload.name, { text });
    }),
  );
  router.get(
    "/store/:handle",
    inStore((store, _request, response) => page(response, store, "admin-home", "Home")),
  );
  router.get("/store/:handle/*", inStore(unknown));
  return router;
}

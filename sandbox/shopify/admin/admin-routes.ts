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
const EDITOR = "/themes/:theme/editor";

/** Pages under /store/{handle}, and the scripts they need. */
export function adminRoutes(state: ShopifyState): Router {
  const { apiKey, appUrl, themeExtensionDir } = state.options;
  const router = Router({ caseSensitive: true });
  const on = (
    method: "get" | "post",
    path: string,
    handle: (store: Store, request: Request, response: Response) => unknown,
  ) =>
    router[method](
      `/store/:handle${path}`,
      express.urlencoded({ extended: false }),
      answering((request, response) => {
        const store = state.stores.get(`${request.params["handle"] ?? ""}.myshopify.com`);
        return store ? handle(store, request, response) : response.status(404).send("No such store\n");
      }),
    );
  const baseOf = (store: Store): string => `/store/${store.handle}`;
  /** One page inside the admin's frame: top bar, menu on the left, the given middle. */
  const page = async (response: Response, store: Store, name: string, title: string, data: object = {}) => {
    response.send(await renderPage(name, { store, title, apiKey, base: baseOf(store), ...data }));
  };
  const unknown = (store: Store, { path }: Request, response: Response) =>
    page(response, store, "admin-unknown", "Not in the sandbox", {
      path: path.replace(/^\/store\/[^/]+/, ""),
    });

  for (const name of ["app-bridge", "admin-host"]) {
    router.get(`/${name}.js`, (_request, response) => {
      response.type("js").send(browserScript(new URL(`../browser/${name}.ts`, import.meta.url)));
    });
  }
  on("post", "/__id-token", async (store, _request, response) =>
    response.json({ token: await state.idToken(store.domain) }),
  );
  on("get", "/__extensions", (store, _request, response) =>
    response.json(describeExtensions(store, themeExtensionDir)),
  );
  on("post", `/apps/:app(${apiKey}|tandem)/__install`, (store, _request, response) => {
    state.install(store.domain);
    response.redirect(`${baseOf(store)}/apps/${apiKey}`);
  });
  // The page that frames the app at the path asked for. Shopify asks for the scopes before it opens one not installed.
  on("get", `/apps/:app(${apiKey}|tandem)/:path(*)?`, async (store, request, response) => {
    if (!store.installation)
      return page(response, store, "admin-install", "Install app", { scopes: state.scopes });
    const storePath = baseOf(store);
    const path = `/${request.params["path"] ?? ""}${urlOf(request).search}`;
    return page(response, store, "admin-app", "Tandem", {
      address: await state.launchUrl(store.domain, path, staffLocale(request)),
      config: { appOrigin: new URL(appUrl).origin, base: `${storePath}/apps/${apiKey}`, storePath },
    });
  });
  on("get", EDITOR, (store, request, response) => {
    const asked = urlOf(request).searchParams.get("activateAppId");
    const data = viewThemeEditor(store, themeExtensionDir, apiKey, asked);
    return page(response, store, "admin-theme-editor", "Theme editor", data);
  });
  on("post", EDITOR, (store, request, response) => {
    store.embed.active = (request.body as { active?: string }).active === "true";
    response.redirect(`${baseOf(store)}/themes/current/editor?context=apps`);
  });
  on("get", "/orders", (store, _request, response) => {
    const orders = [...store.orders.values()].reverse().slice(0, SHOWN);
    return page(response, store, "admin-orders", "Orders", { orders });
  });
  on("get", "/orders/:order(\\d+)", (store, request, response) => {
    const record = store.orders.get(request.params["order"] ?? "");
    if (!record) return unknown(store, request, response);
    const text = JSON.stringify(JSON.parse(writeJson(record.payload)), null, 2);
    return page(response, store, "admin-order", record.payload.name, { text });
  });
  on("get", "", (store, _request, response) => page(response, store, "admin-home", "Home"));
  on("get", "/*", unknown);
  return router;
}

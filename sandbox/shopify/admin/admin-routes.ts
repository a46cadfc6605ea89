import { json, script, type Call, type Handler, type Reply, type Route } from "../http/http-server.ts";
import { browserScript } from "../http/browser-script.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import type { Store } from "../store.ts";
import { homePage, orderPage, ordersPage, unknownPage } from "./admin-pages.ts";
import { appPage, installAndOpen } from "./app-page.ts";
import { describeExtensions, saveThemeEditor, themeEditorPage } from "./theme-editor.ts";

/** Pages under /store/{handle}, and the scripts they need. */
export function adminRoutes(state: ShopifyState): Route[] {
  const { apiKey, themeExtensionDir } = state.options;
  const inStore =
    (handle: (store: Store, call: Call) => Reply | Promise<Reply>): Handler =>
    (call) => {
      const store = state.stores.get(`${call.params[0] ?? ""}.myshopify.com`);
      return store ? handle(store, call) : { status: 404, body: "No such store\n" };
    };
  const page = (method: Route["method"], path: string, handle: Parameters<typeof inStore>[0]): Route => ({
    method,
    path: new RegExp(`^/store/([a-z0-9-]+)${path}$`),
    handle: inStore(handle),
  });
  const appPath = `/apps/(?:${apiKey}|tandem)`;
  return [
    {
      method: "GET",
      path: /^\/app-bridge\.js$/,
      handle: async () => script(await browserScript("app-bridge")),
    },
    {
      method: "GET",
      path: /^\/admin-host\.js$/,
      handle: async () => script(await browserScript("admin-host")),
    },
    page("POST", "/__id-token", (store) => json({ token: state.idToken(store.domain) })),
    page("GET", "/__extensions", (store) => json(describeExtensions(store, themeExtensionDir))),
    page("POST", `${appPath}/__install`, (store) => installAndOpen(store, state)),
    page("GET", `${appPath}(/.*)?`, (store, call) =>
      appPage(store, (call.params[1] ?? "/") + call.url.search, state),
    ),
    page("GET", "/themes/[^/]+/editor", (store, call) => themeEditorPage(call, store, state)),
    page("POST", "/themes/[^/]+/editor", (store, call) => saveThemeEditor(call, store)),
    page("GET", "/orders", (store) => ordersPage(store, state)),
    page("GET", "/orders/(\\d+)", (store, call) => orderPage(store, call.params[1] ?? "", state)),
    page("GET", "/?", (store) => homePage(store, state)),
    page("GET", "(/.*)", (store, call) => unknownPage(store, call.params[1] ?? "", state)),
  ];
}

import express, { Router } from "express";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { browserScript } from "../../http/browser-script.ts";
import { answering, urlOf } from "../../http/express-server.ts";
import { CATALOGUE } from "../orders/catalogue.ts";
import { minorFromDollars } from "../orders/currencies.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import type { Store } from "../store.ts";
import { ASSET_PATH } from "./app-embed.ts";
import { forwardToApp } from "./app-proxy.ts";
import { cartRoutes } from "./cart-routes.ts";
import { viewCart } from "./cart.ts";
import { collectionViewed, productViewed, searchSubmitted } from "./browsing-events.ts";
import { checkoutRoutes } from "./checkout-routes.ts";
import { orderDrop } from "./order-drop.ts";
import { PIXEL_BUNDLE, pixelPage, type PixelPageContent, pixelProgram } from "./pixel-page.ts";
import { platformHeader, switchPanel, renderThemePage, type ThemePage } from "./theme-engine.ts";
import { adBlockerPolicy, keepSwitches } from "./switches.ts";
import { beginVisit, newMemory, type OnVisit, type Visit } from "./visit.ts";

const productDrop = (store: Store, product: (typeof CATALOGUE)[number]) => {
  const variants = product.variants.map((variant) => ({
    id: Number(variant.id),
    title: variant.title ?? "Default Title",
    sku: variant.sku ?? "",
    price: minorFromDollars(variant.dollars, store.currency),
  }));
  const { handle, title, vendor } = product;
  return { id: Number(product.id), handle, title, vendor, price: variants[0]?.price ?? 0, variants };
};

const COLLECTION_ID = "280000000001";

/** Expires every cookie but the switches, whichever domain it was set for, and empties both storages. */
const FORGET = `<script>
  for (const pair of document.cookie.split("; ")) {
    const name = pair.split("=")[0];
    if (name === "sandbox_switches") continue;
    for (const domain of ["", "; domain=" + location.hostname]) document.cookie = name + "=; path=/; max-age=0" + domain;
  }
  localStorage.clear(); sessionStorage.clear(); location.replace("/");
</script>`;

/** Everything on http://{handle}.localhost: theme pages, cart, checkout, app proxy and the switches. */
export function storefrontRoutes(store: Store, state: ShopifyState): Router {
  const { appUrl, themeExtensionDir } = state.options;
  const memory = newMemory();
  const router = Router({ caseSensitive: true });

  const onVisit: OnVisit = (handle) =>
    answering((request, response) => {
      const visit = beginVisit(store, request, response, memory);
      const policy = adBlockerPolicy(visit.switches, appUrl);
      if (policy !== undefined) response.setHeader("content-security-policy", policy);
      return handle(visit);
    });
  const themePage = async (
    visit: Visit,
    template: ThemePage["template"],
    title: string,
    data: ThemePage["data"],
    { pageType = template, ...content }: PixelPageContent & { pageType?: string } = { events: [] },
  ) => {
    const header = await platformHeader(store, visit.switches);
    const page = { template, pageType, title, data, header, cart: viewCart(visit.cart, store) };
    const text = await renderThemePage(store, page, themeExtensionDir);
    const panel = await switchPanel(visit.switches);
    const pixel = await pixelProgram(pixelPage(visit, state, content));
    // As Shopify's pages: not to be shown again without asking, but fit for the browser's cache of whole pages.
    visit.response.setHeader("cache-control", "no-cache");
    visit.response.send(text.replace("</body>", () => `${panel}${pixel}</body>`));
  };
  const ordersOf = (visit: Visit) =>
    [...store.orders.values()].filter(({ payload }) => payload.customer?.id.toString() === visit.customerId);

  router.get(
    "/",
    onVisit((visit) => {
      const products = CATALOGUE.map((product) => productDrop(store, product));
      return themePage(visit, "index", "Home", { heading: store.name, products });
    }),
  );
  router.get(
    "/collections/all",
    onVisit((visit) => {
      const data = { heading: "Products", products: CATALOGUE.map((product) => productDrop(store, product)) };
      const content = collectionViewed(COLLECTION_ID, data.heading, CATALOGUE, store);
      return themePage(visit, "index", data.heading, data, { pageType: "collection", ...content });
    }),
  );
  router.get(
    "/search",
    onVisit((visit) => {
      const query = urlOf(visit.request).searchParams.get("q") ?? "";
      const found = CATALOGUE.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()));
      const data = { heading: "Search", products: found.map((product) => productDrop(store, product)) };
      const content = query === "" ? { events: [] } : searchSubmitted(query, found, store);
      return themePage(visit, "index", data.heading, data, { pageType: "search", ...content });
    }),
  );
  router.get(
    "/products/:product",
    onVisit((visit) => {
      const found = CATALOGUE.find(({ handle }) => handle === visit.request.params["product"]);
      if (!found) return visit.response.status(404).send("Not found\n");
      const data = { product: productDrop(store, found) };
      return themePage(visit, "product", found.title, data, productViewed(found, store));
    }),
  );
  router.get(
    "/cart",
    onVisit((visit) => themePage(visit, "cart", "Cart", {})),
  );
  router.get(
    "/account",
    onVisit((visit) => {
      const orders = ordersOf(visit).map(orderDrop);
      const customer = visit.customerId === undefined ? undefined : { id: Number(visit.customerId), orders };
      const content = { pageType: "customers/account", events: [] };
      return themePage(visit, "account", "Account", { customer }, content);
    }),
  );
  // Legacy customer accounts: only the buyer who is signed in sees the page.
  router.get(
    "/account/orders/:token",
    onVisit((visit) => {
      const record = ordersOf(visit).find(({ payload }) => payload.token === visit.request.params["token"]);
      if (!record) return visit.response.redirect("/account");
      const data = { order: orderDrop(record), customer: { id: Number(visit.customerId) } };
      const content = { pageType: "customers/order", events: [] };
      return themePage(visit, "order", record.payload.name, data, content);
    }),
  );
  if (themeExtensionDir !== undefined) {
    const setHeaders = (response: express.Response) =>
      response.setHeader("access-control-allow-origin", "*").setHeader("cache-control", "no-store");
    router.use(
      ASSET_PATH,
      express.static(join(themeExtensionDir, "assets"), { etag: false, lastModified: false, setHeaders }),
    );
  }
  router.use(cartRoutes(onVisit), checkoutRoutes(state, memory, onVisit));
  router.all(
    `${state.app.proxy.path}*`,
    express.raw({ type: () => true }),
    onVisit((visit) => forwardToApp(visit, visit.request.path.slice(state.app.proxy.path.length), state)),
  );
  if (state.options.tour) router.use("/__tour", state.options.tour);
  router.get(
    "/__switches",
    onVisit(({ request, response }) => {
      keepSwitches(response, urlOf(request).search);
      response.redirect(request.headers.referer ?? "/");
    }),
  );
  // A new browser, as far as the store can tell; the switches stay.
  router.get("/__forget", (_request, response) => {
    response.send(FORGET);
  });
  router.get(PIXEL_BUNDLE, (_request, response) => {
    response.type("js").send(readFileSync(state.options.webPixelBundle ?? "", "utf8"));
  });
  for (const [path, program] of [
    ["/__runtime.js", "storefront-runtime"],
    ["/__web-pixels.js", "web-pixel-manager"],
  ] as const) {
    router.get(path, (_request, response) => {
      response.type("js").send(browserScript(new URL(`../browser/${program}.ts`, import.meta.url)));
    });
  }
  return router;
}

import express, { Router } from "express";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { browserScript } from "../../http/browser-script.ts";
import { answering, urlOf } from "../../http/express-server.ts";
import { CATALOGUE, findVariant } from "../orders/catalogue.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import type { Store } from "../store.ts";
import { ASSET_PATH } from "./app-embed.ts";
import { forwardToApp } from "./app-proxy.ts";
import { collectionViewed, productViewed, searchSubmitted } from "./pixel-events.ts";
import { viewCart } from "./cart.ts";
import { checkoutRoutes } from "./checkout-routes.ts";
import { PIXEL_BUNDLE, platformParts, type PixelPageContent } from "./platform-parts.ts";
import { adBlockerPolicy, keepSwitches } from "./switches.ts";
import { orderDrop, productDrop, productListDrop, renderThemePage, type ThemePage } from "./theme-engine.ts";
import { beginVisit, newMemory, type OnVisit, ordersOf, type Visit } from "./visit.ts";

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
  const get = (path: string, handle: (visit: Visit) => unknown) => router.get(path, onVisit(handle));
  const themePage = async (
    visit: Visit,
    template: ThemePage["template"],
    title: string,
    data: ThemePage["data"],
    { pageType = template, ...content }: PixelPageContent & { pageType?: string } = { events: [] },
  ) => {
    const { header, panel, pixel } = await platformParts(visit, state, content);
    const page = { template, pageType, title, data, header, cart: viewCart(visit.cart, store) };
    const text = await renderThemePage(store, page, themeExtensionDir);
    // As Shopify's pages: not to be shown again without asking, but fit for the browser's cache of whole pages.
    visit.response.setHeader("cache-control", "no-cache");
    visit.response.send(text.replace("</body>", () => `${panel}${pixel}</body>`));
  };

  get("/", (visit) => themePage(visit, "index", "Home", productListDrop(store, store.name)));
  get("/collections/all", (visit) => {
    const content = collectionViewed(COLLECTION_ID, "Products", CATALOGUE, store);
    const data = productListDrop(store, "Products");
    return themePage(visit, "index", "Products", data, { pageType: "collection", ...content });
  });
  get("/search", (visit) => {
    const query = urlOf(visit.request).searchParams.get("q") ?? "";
    const found = CATALOGUE.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()));
    const content = query === "" ? { events: [] } : searchSubmitted(query, found, store);
    const data = productListDrop(store, "Search", found);
    return themePage(visit, "index", "Search", data, { pageType: "search", ...content });
  });
  get("/products/:product", (visit) => {
    const found = CATALOGUE.find(({ handle }) => handle === visit.request.params["product"]);
    if (!found) return visit.response.status(404).send("Not found\n");
    const data = { product: productDrop(store, found) };
    return themePage(visit, "product", found.title, data, productViewed(found, store));
  });
  get("/cart", (visit) => themePage(visit, "cart", "Cart", {}));
  get("/account", (visit) => {
    const customer = visit.customerId === undefined ? undefined : { orders: ordersOf(visit).map(orderDrop) };
    const content = { pageType: "customers/account", events: [] };
    return themePage(visit, "account", "Account", { customer }, content);
  });
  // Legacy customer accounts: only the buyer who is signed in sees the page.
  get("/account/orders/:token", (visit) => {
    const record = ordersOf(visit).find(({ payload }) => payload.token === visit.request.params["token"]);
    if (!record) return visit.response.redirect("/account");
    const content = { pageType: "customers/order", events: [] };
    return themePage(visit, "order", record.payload.name, { order: orderDrop(record) }, content);
  });
  if (themeExtensionDir !== undefined) {
    const setHeaders = (response: express.Response) =>
      response.setHeader("access-control-allow-origin", "*").setHeader("cache-control", "no-store");
    router.use(
      ASSET_PATH,
      express.static(join(themeExtensionDir, "assets"), { etag: false, lastModified: false, setHeaders }),
    );
  }
  router.use(cartRoutes(onVisit), checkoutRoutes(state, memory, onVisit));
  const { proxy } = state.app;
  router.all(
    `${proxy.path}*`,
    express.raw({ type: () => true }),
    onVisit((visit) => forwardToApp(visit, visit.request.path.slice(proxy.path.length), state)),
  );
  if (state.options.tour) router.use("/__tour", state.options.tour);
  get("/__switches", ({ request, response }) => {
    keepSwitches(response, urlOf(request).search);
    response.redirect(request.headers.referer ?? "/");
  });
  // A new browser, as far as the store can tell; the switches stay.
  router.get("/__forget", (_request, response) => {
    response.send(FORGET);
  });
  const program = (path: string, read: () => string) =>
    router.get(path, (_request, response) => {
      response.type("js").send(read());
    });
  const ofSandbox = (name: string) => browserScript(new URL(`../browser/${name}.ts`, import.meta.url));
  program(PIXEL_BUNDLE, () => readFileSync(state.options.webPixelBundle ?? "", "utf8"));
  program("/__runtime.js", () => ofSandbox("storefront-runtime"));
  program("/__web-pixels.js", () => ofSandbox("web-pixel-manager"));
  return router;
}

/** A storefront takes a moment; in it the page that is left still works, as its web pixel needs. */
const ANSWER_MS = 150;

/** The product page's form, and Shopify's Ajax cart as far as the app uses it: /cart.js and /cart/update.js. */
function cartRoutes(onVisit: OnVisit): Router {
  const router = Router({ caseSensitive: true });
  router.get(
    "/cart.js",
    onVisit(({ response, cart, store }) => response.json(viewCart(cart, store))),
  );
  router.post(
    "/cart/add",
    express.urlencoded({ extended: false }),
    onVisit(async ({ request, response, cart }) => {
      const { id = "", quantity = "1" } = request.body as Readonly<Record<string, string>>;
      if (!/^\d+$/.test(id) || !findVariant(BigInt(id))) {
        const answer = { status: 404, message: "Cart Error", description: "Cannot find variant" };
        return response.status(404).json(answer);
      }
      cart.items.set(id, (cart.items.get(id) ?? 0) + Number(quantity));
      await sleep(ANSWER_MS);
      return response.redirect("/cart");
    }),
  );
  // Attributes are merged by key; empty or null removes.
  router.post(
    "/cart/update.js",
    express.json(),
    onVisit(({ request, response, cart, store }) => {
      const { attributes = {} } = request.body as { attributes?: Readonly<Record<string, string | null>> };
      for (const [name, value] of Object.entries(attributes)) {
        if (value === null || value === "") cart.attributes.delete(name);
        else cart.attributes.set(name, String(value));
      }
      return response.json(viewCart(cart, store));
    }),
  );
  return router;
}

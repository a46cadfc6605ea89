import { browserScript } from "../http/browser-script.ts";
import { html, redirect, script, type Handler, type Reply, type Route } from "../http/http-server.ts";
import { CATALOGUE } from "../orders/catalogue.ts";
import { minorFromDollars } from "../orders/currencies.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import type { Store } from "../store.ts";
import { ASSET_PATH, readAsset } from "./app-embed.ts";
import { forwardToApp } from "./app-proxy.ts";
import { cartRoutes } from "./cart-routes.ts";
import { viewCart } from "./cart.ts";
import { checkoutRoutes } from "./checkout-routes.ts";
import { orderDrop } from "./order-drop.ts";
import { adBlockerPolicy, platformHeader, switchPanel } from "./platform-header.ts";
import { switchesCookie } from "./switches.ts";
import { renderThemePage, type ThemePage } from "./theme-engine.ts";
import { beginVisit, newMemory, type Visit } from "./visit.ts";

const productDrop = (store: Store, product: (typeof CATALOGUE)[number]) => {
  const variants = product.variants.map((variant) => ({
    id: Number(variant.id),
    title: variant.title ?? "Default Title",
    sku: variant.sku ?? "",
    price: minorFromDollars(variant.dollars, store.currency),
  }));
  return {
    id: Number(product.id),
    handle: product.handle,
    title: product.title,
    vendor: product.vendor,
    price: variants[0]?.price ?? 0,
    variants,
  };
};

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
export function storefrontRoutes(store: Store, state: ShopifyState): Route[] {
  const { appUrl, themeExtensionDir } = state.options;
  const memory = newMemory();

  const onVisit =
    (handle: (visit: Visit) => Reply | Promise<Reply>): Handler =>
    async (call) => {
      const visit = beginVisit(store, call, memory);
      const reply = await handle(visit);
      const policy = adBlockerPolicy(visit.switches, appUrl);
      return {
        ...reply,
        headers: {
          ...reply.headers,
          ...(visit.cookies.length > 0 ? { "set-cookie": visit.cookies } : {}),
          ...(policy === undefined ? {} : { "content-security-policy": policy }),
        },
      };
    };
  const themePage = async (
    visit: Visit,
    page: Pick<ThemePage, "template" | "pageType" | "title" | "data">,
  ): Promise<Reply> => {
    const header = platformHeader(store, visit.switches).text;
    const cart = viewCart(visit.cart, store);
    const text = await renderThemePage(store, { ...page, header, cart }, themeExtensionDir);
    return html(text.replace("</body>", `${switchPanel(visit.switches).text}</body>`));
  };
  const ordersOf = (visit: Visit) =>
    [...store.orders.values()].filter(({ payload }) => payload.customer?.id.toString() === visit.customerId);

  const home = (visit: Visit) =>
    themePage(visit, {
      template: "index",
      pageType: "index",
      title: "Home",
      data: { products: CATALOGUE.map((product) => productDrop(store, product)) },
    });
  const product = (visit: Visit): Reply | Promise<Reply> => {
    const found = CATALOGUE.find(({ handle }) => handle === visit.call.params[0]);
    if (!found) return { status: 404, body: "Not found\n" };
    const drop = productDrop(store, found);
    return themePage(visit, {
      template: "product",
      pageType: "product",
      title: drop.title,
      data: { product: drop },
    });
  };
  const cart = (visit: Visit) =>
    themePage(visit, { template: "cart", pageType: "cart", title: "Cart", data: {} });
  const account = (visit: Visit) => {
    const orders = ordersOf(visit).map(orderDrop);
    const customer = visit.customerId === undefined ? undefined : { id: Number(visit.customerId), orders };
    return themePage(visit, {
      template: "account",
      pageType: "customers/account",
      title: "Account",
      data: { customer },
    });
  };
  /** Legacy customer accounts: only the buyer who is signed in sees the page. */
  const order = (visit: Visit): Reply | Promise<Reply> => {
    const record = ordersOf(visit).find(({ payload }) => payload.token === visit.call.params[0]);
    if (!record) return redirect("/account");
    const data = { order: orderDrop(record), customer: { id: Number(visit.customerId) } };
    return themePage(visit, {
      template: "order",
      pageType: "customers/order",
      title: record.payload.name,
      data,
    });
  };
  const asset = (visit: Visit): Reply => {
    const name = visit.call.params[0] ?? "";
    const body = readAsset(themeExtensionDir, name);
    if (!body) return { status: 404, body: "Not found\n" };
    const type = name.endsWith(".css") ? "text/css" : "text/javascript";
    return { status: 200, headers: { "content-type": type, "access-control-allow-origin": "*" }, body };
  };
  const switches = (visit: Visit): Reply => {
    visit.cookies.push(switchesCookie(visit.call.url.search));
    return redirect(visit.call.headers.referer ?? "/");
  };
  /** A new browser, as far as the store can tell; the switches stay. */
  const forget = (visit: Visit): Reply => {
    visit.cookies.splice(0);
    return html(FORGET);
  };

  return [
    { method: "GET", path: /^\/$/, handle: onVisit(home) },
    { method: "GET", path: /^\/products\/([a-z0-9-]+)$/, handle: onVisit(product) },
    { method: "GET", path: /^\/cart$/, handle: onVisit(cart) },
    { method: "GET", path: /^\/account$/, handle: onVisit(account) },
    { method: "GET", path: /^\/account\/orders\/([0-9a-f]+)$/, handle: onVisit(order) },
    { method: "GET", path: new RegExp(`^${ASSET_PATH}(.+)$`), handle: onVisit(asset) },
    ...cartRoutes(onVisit),
    ...checkoutRoutes(state, memory, onVisit),
    {
      method: "ANY",
      path: new RegExp(`^${state.app.proxy.path}(/.*)?$`),
      handle: onVisit((visit) => forwardToApp(visit, visit.call.params[0] ?? "", state)),
    },
    { method: "GET", path: /^\/__switches$/, handle: onVisit(switches) },
    { method: "GET", path: /^\/__forget$/, handle: onVisit(forget) },
    {
      method: "GET",
      path: /^\/__runtime\.js$/,
      handle: async () => script(await browserScript("storefront-runtime")),
    },
    {
      method: "GET",
      path: /^\/__web-pixels\.js$/,
      handle: async () => script(await browserScript("web-pixel-manager")),
    },
  ];
}

import { json, redirect, type Handler, type Reply, type Route } from "../http/http-server.ts";
import { findVariant } from "../orders/catalogue.ts";
import { changeCart, readCartChange, viewCart } from "./cart.ts";
import type { Visit } from "./visit.ts";

interface NewItem {
  readonly id?: string | number;
  readonly quantity?: string | number;
}

function readItems(visit: Visit): NewItem[] {
  const text = visit.call.body.toString("utf8");
  if (!(visit.call.headers["content-type"] ?? "").includes("json")) {
    const form = new URLSearchParams(text);
    return [{ id: form.get("id") ?? "", quantity: form.get("quantity") ?? "1" }];
  }
  const body = JSON.parse(text) as NewItem & { readonly items?: NewItem[] };
  return body.items ?? [body];
}

const exists = (id: unknown): boolean =>
  /^\d+$/.test(String(id)) && findVariant(BigInt(String(id))) !== undefined;

/** Shopify's Ajax cart: /cart.js, /cart/add.js, /cart/update.js, /cart/change.js, /cart/clear.js, and the form posts. */
export function cartRoutes(onVisit: (handle: (visit: Visit) => Reply | Promise<Reply>) => Handler): Route[] {
  const show = (visit: Visit): Reply => json(viewCart(visit.cart, visit.store));
  const add = (visit: Visit): Reply => {
    const items = readItems(visit);
    if (items.some(({ id }) => !exists(id))) {
      return json({ status: 404, message: "Cart Error", description: "Cannot find variant" }, 404);
    }
    for (const { id, quantity } of items) {
      const key = String(id);
      visit.cart.items.set(key, (visit.cart.items.get(key) ?? 0) + Number(quantity ?? 1));
    }
    return visit.call.url.pathname.endsWith(".js") ? show(visit) : redirect("/cart");
  };
  const update = (visit: Visit): Reply => {
    changeCart(
      visit.cart,
      readCartChange(visit.call.body.toString("utf8"), visit.call.headers["content-type"] ?? ""),
    );
    return show(visit);
  };
  const change = (visit: Visit): Reply => {
    for (const { id, quantity } of readItems(visit))
      changeCart(visit.cart, { updates: { [String(id)]: quantity ?? 0 } });
    return show(visit);
  };
  const clear = (visit: Visit): Reply => {
    visit.cart.items.clear();
    return show(visit);
  };
  return [
    { method: "GET", path: /^\/cart\.js$/, handle: onVisit(show) },
    { method: "POST", path: /^\/cart\/add(\.js)?$/, handle: onVisit(add) },
    { method: "POST", path: /^\/cart\/update\.js$/, handle: onVisit(update) },
    { method: "POST", path: /^\/cart\/change\.js$/, handle: onVisit(change) },
    { method: "POST", path: /^\/cart\/clear\.js$/, handle: onVisit(clear) },
  ];
}

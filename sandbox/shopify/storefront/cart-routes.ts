import express, { Router } from "express";
import { setTimeout } from "node:timers/promises";
import { findVariant } from "../orders/catalogue.ts";
import { changeCart, viewCart, type CartChange } from "./cart.ts";
import type { OnVisit, Visit } from "./visit.ts";

/** A storefront takes a moment; in it the page that is left still works, as its web pixel needs. */
const ANSWER_MS = 150;

interface NewItem {
  readonly id?: string | number;
  readonly quantity?: string | number;
}

const exists = (id: unknown): boolean =>
  /^\d+$/.test(String(id)) && findVariant(BigInt(String(id))) !== undefined;

const bodyOf = (visit: Visit) =>
  visit.request.body as NewItem & CartChange & { readonly items?: readonly NewItem[] };

/** Shopify's Ajax cart: /cart.js, /cart/add.js, /cart/update.js, /cart/change.js, /cart/clear.js, and the form posts. */
export function cartRoutes(onVisit: OnVisit): Router {
  const router = Router({ caseSensitive: true });
  const show = (visit: Visit) => visit.response.json(viewCart(visit.cart, visit.store));

  // Forms nest as Shopify reads them: `attributes[_fbp]=…`, `updates[4000]=2`.
  router.use("/cart", express.json(), express.urlencoded({ extended: true }));
  router.get("/cart.js", onVisit(show));
  router.post(
    ["/cart/add", "/cart/add.js"],
    onVisit(async (visit) => {
      const body = bodyOf(visit);
      const items = body.items ?? [body];
      if (items.some(({ id }) => !exists(id))) {
        const answer = { status: 404, message: "Cart Error", description: "Cannot find variant" };
        return visit.response.status(404).json(answer);
      }
      for (const { id, quantity } of items) {
        const key = String(id);
        visit.cart.items.set(key, (visit.cart.items.get(key) ?? 0) + Number(quantity ?? 1));
      }
      if (visit.request.path.endsWith(".js")) return show(visit);
      await setTimeout(ANSWER_MS);
      return visit.response.redirect("/cart");
    }),
  );
  router.post(
    "/cart/update.js",
    onVisit((visit) => {
      changeCart(visit.cart, bodyOf(visit));
      return show(visit);
    }),
  );
  router.post(
    "/cart/change.js",
    onVisit((visit) => {
      const { id, quantity } = bodyOf(visit);
      changeCart(visit.cart, { updates: { [String(id)]: quantity ?? 0 } });
      return show(visit);
    }),
  );
  router.post(
    "/cart/clear.js",
    onVisit((visit) => {
      visit.cart.items.clear();
      return show(visit);
    }),
  );
  return router;
}

import express, { Router } from "express";
import { setTimeout } from "node:timers/promises";
import { findVariant } from "../orders/catalogue.ts";
import { viewCart } from "./cart.ts";
import type { OnVisit } from "./visit.ts";

/** A storefront takes a moment; in it the page that is left still works, as its web pixel needs. */
const ANSWER_MS = 150;

/** The product page's form, and Shopify's Ajax cart as far as the app uses it: /cart.js and /cart/update.js. */
export function cartRoutes(onVisit: OnVisit): Router {
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
      await setTimeout(ANSWER_MS);
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

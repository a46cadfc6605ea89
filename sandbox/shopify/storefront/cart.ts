import { randomBytes } from "node:crypto";
import { findVariant } from "../orders/catalogue.ts";
import { minorFromDollars } from "../orders/currencies.ts";
import type { Store } from "../store.ts";

/** A visitor's cart. Attributes are shared by every script on the page. */
export interface Cart {
  readonly token: string;
  /** Quantity by variant ID. */
  readonly items: Map<string, number>;
  readonly attributes: Map<string, string>;
}

export const newCart = (): Cart => ({
  token: `hWN${randomBytes(15).toString("base64url")}`,
  items: new Map(),
  attributes: new Map(),
});

/** The cart as /cart.js and Liquid's `cart` show it, as far as it is read; money in minor units of the store's currency. */
export function viewCart(cart: Cart, store: Store) {
  const items = [...cart.items].flatMap(([id, quantity]) => {
    const found = findVariant(BigInt(id));
    if (!found) return [];
    const { product, variant } = found;
    return {
      key: `${id}:${cart.token.slice(3, 11)}`,
      variant_id: Number(variant.id),
      quantity,
      title: variant.title === null ? product.title : `${product.title} - ${variant.title}`,
      product_title: product.title,
      final_line_price: minorFromDollars(variant.dollars, store.currency) * quantity,
    };
  });
  return {
    token: cart.token,
    attributes: Object.fromEntries(cart.attributes),
    total_price: items.reduce((sum, item) => sum + item.final_line_price, 0),
    item_count: items.reduce((count, item) => count + item.quantity, 0),
    items,
  };
}

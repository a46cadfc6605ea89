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
  note: string | null;
}

export const newCart = (): Cart => ({
  token: `hWN${randomBytes(15).toString("base64url")}`,
  items: new Map(),
  attributes: new Map(),
  note: null,
});

/** What POST /cart/update.js and friends may carry. */
export interface CartChange {
  /** Quantity by variant ID; 0 removes. */
  readonly updates?: Readonly<Record<string, number | string>>;
  /** Merged by key; empty or null removes. */
  readonly attributes?: Readonly<Record<string, string | null>>;
  readonly note?: string;
}

export function changeCart(cart: Cart, change: CartChange): void {
  for (const [id, quantity] of Object.entries(change.updates ?? {})) {
    if (Number(quantity) > 0) cart.items.set(id, Number(quantity));
    else cart.items.delete(id);
  }
  for (const [name, value] of Object.entries(change.attributes ?? {})) {
    if (value === null || value === "") cart.attributes.delete(name);
    else cart.attributes.set(name, String(value));
  }
  if (change.note !== undefined) cart.note = change.note;
}

/** The cart as /cart.js and Liquid's `cart` show it; money in minor units of the store's currency. */
export function viewCart(cart: Cart, store: Store) {
  const items = [...cart.items].flatMap(([id, quantity]) => {
    const found = findVariant(BigInt(id));
    if (!found) return [];
    const { product, variant } = found;
    const price = minorFromDollars(variant.dollars, store.currency);
    return [
      {
        id: Number(variant.id),
        key: `${id}:${cart.token.slice(3, 11)}`,
        variant_id: Number(variant.id),
        product_id: Number(product.id),
        quantity,
        title: variant.title === null ? product.title : `${product.title} - ${variant.title}`,
        product_title: product.title,
        variant_title: variant.title,
        sku: variant.sku ?? "",
        vendor: product.vendor,
        handle: product.handle,
        url: `/products/${product.handle}?variant=${id}`,
        grams: variant.grams,
        price,
        final_price: price,
        line_price: price * quantity,
        final_line_price: price * quantity,
        properties: {},
      },
    ];
  });
  const total = items.reduce((sum, item) => sum + item.line_price, 0);
  return {
    token: cart.token,
    note: cart.note,
    attributes: Object.fromEntries(cart.attributes),
    original_total_price: total,
    total_price: total,
    total_discount: 0,
    total_weight: items.reduce((grams, item) => grams + item.grams * item.quantity, 0),
    item_count: items.reduce((count, item) => count + item.quantity, 0),
    items,
    requires_shipping: items.some((item) => item.grams > 0),
    currency: store.currency,
  };
}

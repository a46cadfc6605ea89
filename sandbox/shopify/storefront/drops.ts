/** What Shopify's Liquid calls drops, as far as theme and app embed read them; money in minor units. */
import { CATALOGUE, type Product } from "../orders/catalogue.ts";
import { decimalsOf, minorFromDollars } from "../orders/currencies.ts";
import type { OrderRecord, Store } from "../store.ts";

export function productDrop(store: Store, { handle, title, vendor, variants }: Product) {
  const drops = variants.map((variant) => ({
    id: Number(variant.id),
    title: variant.title ?? "Default Title",
    price: minorFromDollars(variant.dollars, store.currency),
  }));
  return { handle, title, vendor, price: drops[0]?.price ?? 0, variants: drops };
}

/** The products of a page that lists them. */
export const productListDrop = (store: Store, heading: string, products = CATALOGUE) => ({
  heading,
  products: products.map((product) => productDrop(store, product)),
});

/** `order` on a customer's order page, with transactions in lower case. */
export function orderDrop({ payload, transactions }: OrderRecord) {
  const { name, token, created_at, financial_status, currency } = payload;
  return {
    id: Number(payload.id),
    name,
    token,
    created_at,
    financial_status,
    total_price: Math.round(Number(payload.total_price) * 10 ** decimalsOf(currency)),
    line_items: payload.line_items.map(({ title, quantity }) => ({ title, quantity })),
    transactions: transactions.map(({ kind, status, createdAt }) => ({
      kind: kind.toLowerCase(),
      status: status.toLowerCase(),
      created_at: new Date(createdAt).toISOString(),
    })),
  };
}

import type { Store } from "./store.ts";

/** What Shopify knows of a store, for another start of the sandbox. Access tokens are not part of it. */
export const takeStoreBooks = ({ orders, nextNumber, installation, metafields, webPixel }: Store) => ({
  orders: [...orders.values()] as const,
  nextNumber,
  installation,
  metafields: [...metafields] as const,
  webPixel,
});
export type StoreBooks = Readonly<ReturnType<typeof takeStoreBooks>>;

/** Takes the place of all that the store had. */
export function putStoreBooks(store: Store, { orders, metafields, ...others }: StoreBooks): void {
  store.orders.clear();
  for (const order of orders) store.orders.set(order.id, order);
  store.metafields.clear();
  for (const [key, metafield] of metafields) store.metafields.set(key, metafield);
  Object.assign(store, others);
}

import type { Installation, Metafield, OrderRecord, Store, WebPixel } from "./store.ts";

/** What Shopify knows of a store, for another start of the sandbox. Access tokens are not part of it. */
export interface StoreBooks {
  readonly orders: readonly OrderRecord[];
  readonly nextNumber: number;
  readonly installation: Installation | undefined;
  readonly metafields: readonly (readonly [key: string, metafield: Metafield])[];
  readonly webPixel: WebPixel | undefined;
}

export function takeStoreBooks(store: Store): StoreBooks {
  return {
    orders: [...store.orders.values()],
    nextNumber: store.nextNumber,
    installation: store.installation,
    metafields: [...store.metafields],
    webPixel: store.webPixel,
  };
}

/** Takes the place of all that the store had. */
export function putStoreBooks(store: Store, books: StoreBooks): void {
  store.orders.clear();
  for (const order of books.orders) store.orders.set(order.id, order);
  store.metafields.clear();
  for (const [key, metafield] of books.metafields) store.metafields.set(key, metafield);
  Object.assign(store, {
    nextNumber: books.nextNumber,
    installation: books.installation,
    webPixel: books.webPixel,
  });
}

import type {
  PixelEventsCollectionViewedData,
  PixelEventsProductViewedData,
  PixelEventsSearchSubmittedData,
} from "@shopify/web-pixels-extension";
import type { Product, Variant } from "../orders/catalogue.ts";
import { formatMinor, minorFromDollars } from "../orders/currencies.ts";
import type { Store } from "../store.ts";

/** Data of the standard events of browsing, as Shopify publishes them: IDs are bare numbers in texts, prices in the store's currency. */
type PixelVariant = PixelEventsProductViewedData["productVariant"];

export const moneyOf = (minor: number, store: Store) => ({
  amount: Number(formatMinor(minor, store.currency)),
  currencyCode: store.currency,
});

export function pixelVariant(product: Product, variant: Variant, store: Store): PixelVariant {
  return {
    id: variant.id.toString(),
    image: null,
    price: moneyOf(minorFromDollars(variant.dollars, store.currency), store),
    product: {
      id: product.id.toString(),
      title: product.title,
      type: product.type,
      untranslatedTitle: product.title,
      url: `/products/${product.handle}`,
      vendor: product.vendor,
    },
    sku: variant.sku,
    title: variant.title,
    untranslatedTitle: variant.title,
  };
}

const firstVariants = (products: readonly Product[], store: Store): PixelVariant[] =>
  products.flatMap((product) =>
    product.variants.slice(0, 1).map((variant) => pixelVariant(product, variant, store)),
  );

export function productViewed(product: Product, store: Store) {
  const variants = product.variants.map((variant) => pixelVariant(product, variant, store));
  const events = variants.slice(0, 1).map((productVariant) => {
    const data: PixelEventsProductViewedData = { productVariant };
    return { name: "product_viewed", data };
  });
  return { events, goods: Object.fromEntries(variants.map((variant) => [variant.id, variant])) };
}

export function collectionViewed(id: string, title: string, products: readonly Product[], store: Store) {
  const data: PixelEventsCollectionViewedData = {
    collection: { id, title, productVariants: firstVariants(products, store) },
  };
  return { events: [{ name: "collection_viewed", data }] };
}

export function searchSubmitted(query: string, products: readonly Product[], store: Store) {
  const data: PixelEventsSearchSubmittedData = {
    searchResult: { query, productVariants: firstVariants(products, store) },
  };
  return { events: [{ name: "search_submitted", data }] };
}

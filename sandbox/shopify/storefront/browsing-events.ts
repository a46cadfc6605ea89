import type {
  PixelEventsCheckoutStartedData,
  PixelEventsCollectionViewedData,
  PixelEventsProductViewedData,
  PixelEventsSearchSubmittedData,
} from "@shopify/web-pixels-extension";
import type { PixelPage } from "../browser/pixel-wire.ts";
import { type Product, type Variant } from "../orders/catalogue.ts";
import { formatMinor, minorFromDollars } from "../orders/currencies.ts";
import type { Store } from "../store.ts";
import { type Cart, viewCart } from "./cart.ts";
import { findVariant } from "../orders/catalogue.ts";

/** Data of the standard events of browsing, as Shopify publishes them: IDs are bare numbers in texts, prices in the store's currency. */
type PixelVariant = PixelEventsProductViewedData["productVariant"];
type PixelCheckout = PixelEventsCheckoutStartedData["checkout"];

const money = (minor: number, store: Store) => ({
  amount: Number(formatMinor(minor, store.currency)),
  currencyCode: store.currency,
});

export function pixelVariant(product: Product, variant: Variant, store: Store): PixelVariant {
  return {
    id: variant.id.toString(),
    image: null,
    price: money(minorFromDollars(variant.dollars, store.currency), store),
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
  products.flatMap((product) => {
    const [variant] = product.variants;
    return variant ? [pixelVariant(product, variant, store)] : [];
  });

export function productViewed(product: Product, store: Store) {
  const goods: PixelPage["goods"] = Object.fromEntries(
    product.variants.map((variant) => [variant.id.toString(), pixelVariant(product, variant, store)]),
  );
  const events = firstVariants([product], store).map((productVariant) => {
    const data: PixelEventsProductViewedData = { productVariant };
    return { name: "product_viewed", data };
  });
  return { events, goods };
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

/** A checkout that has just been entered: nothing is known of the buyer, no delivery is chosen, no tax worked out. */
export function checkoutStarted(token: string, cart: Cart, store: Store) {
  const view = viewCart(cart, store);
  const total = money(view.total_price, store);
  const checkout: PixelCheckout = {
    token,
    order: null,
    attributes: [...cart.attributes].map(([key, value]) => ({ key, value })),
    currencyCode: store.currency,
    subtotalPrice: total,
    totalPrice: total,
    totalTax: money(0, store),
    discountsAmount: money(0, store),
    discountApplications: [],
    billingAddress: null,
    shippingAddress: null,
    buyerAcceptsEmailMarketing: false,
    buyerAcceptsSmsMarketing: false,
    delivery: null,
    email: null,
    phone: null,
    smsMarketingPhone: null,
    shippingLine: null,
    lineItems: view.items.map((item) => {
      const found = findVariant(BigInt(item.variant_id));
      return {
        id: item.key,
        title: item.product_title,
        quantity: item.quantity,
        finalLinePrice: money(item.final_line_price, store),
        discountAllocations: [],
        properties: [],
        sellingPlanAllocation: null,
        variant: found ? pixelVariant(found.product, found.variant, store) : null,
      };
    }),
    localization: {
      country: { isoCode: store.country },
      language: { isoCode: store.locale },
      market: { id: null, handle: null },
    },
    transactions: [],
  };
  return { events: [{ name: "checkout_started", data: { checkout } }], checkout };
}

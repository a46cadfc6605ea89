import type { ShopifyEvent } from "../../extensions/checkout-pixel/src/pixel-surroundings.ts";

/** Events of Shopify as a web pixel gets them, of a shop that sells one hat. */
const HAT = {
  id: "40000000000005",
  sku: "HAT-S",
  title: "S",
  price: { amount: 29, currencyCode: "USD" },
  product: { id: "7000000000004", title: "Hat", type: "Hats", vendor: "Hats & Co" },
};

let count = 0;

/** @param time Unix milliseconds */
export function shopifyEvent(
  data: unknown,
  time: number,
  href = "https://hats.example/products/hat?variant=4",
): ShopifyEvent {
  count += 1;
  return {
    id: `sh-${String(count).padStart(4, "0")}`,
    timestamp: new Date(time).toISOString(),
    context: {
      document: { location: { href } },
      navigator: { userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0" },
    },
    data,
  };
}

export const productViewed = { productVariant: HAT };
export const collectionViewed = { collection: { id: "1", title: "All hats", productVariants: [HAT] } };
export const addedToCart = {
  cartLine: { merchandise: HAT, quantity: 2, cost: { totalAmount: { amount: 58, currencyCode: "USD" } } },
};

export function checkoutStarted(buyer: object = {}, lines = 1) {
  return {
    checkout: {
      token: "bd5a8aa1ecd019dd3520ff791ee3a24c",
      attributes: [],
      order: null,
      email: null,
      phone: null,
      billingAddress: null,
      shippingAddress: null,
      totalPrice: { amount: 29 * lines, currencyCode: "USD" },
      subtotalPrice: { amount: 29 * lines, currencyCode: "USD" },
      lineItems: Array.from({ length: lines }, (_, index) => ({
        quantity: 1,
        finalLinePrice: { amount: 29, currencyCode: "USD" },
        variant: { ...HAT, id: String(40000000000005 + index) },
      })),
      ...buyer,
    },
  };
}

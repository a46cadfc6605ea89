import type {
  PixelEventsCheckoutCompletedData,
  PixelEventsCollectionViewedData,
  PixelEventsProductViewedData,
  PixelEventsSearchSubmittedData,
} from "@shopify/web-pixels-extension";
import { findVariant, type Product, type Variant } from "../orders/catalogue.ts";
import { formatMinor, minorFromDollars } from "../orders/currencies.ts";
import type { Money, OrderPayload } from "../orders/order-shape.ts";
import type { Store } from "../store.ts";
import { type Cart, viewCart } from "./cart.ts";
import type { LoadEvent } from "./platform-parts.ts";
import type { Checkout } from "./visit.ts";

/** Data of the standard events, as Shopify publishes them: IDs are bare numbers in texts, prices in the store's currency. */
type PixelVariant = PixelEventsProductViewedData["productVariant"];

const moneyOf = (minor: number, store: Store) => ({
  amount: Number(formatMinor(minor, store.currency)),
  currencyCode: store.currency,
});

function pixelVariant(product: Product, variant: Variant, store: Store): PixelVariant {
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
  const events = firstVariants([product], store).map((productVariant) => ({
    name: "product_viewed",
    data: { productVariant } satisfies PixelEventsProductViewedData,
  }));
  return { events, goods: Object.fromEntries(variants.map((variant) => [variant.id, variant])) };
}

export function collectionViewed(id: string, title: string, products: readonly Product[], store: Store) {
  const collection = { id, title, productVariants: firstVariants(products, store) };
  const data: PixelEventsCollectionViewedData = { collection };
  return { events: [{ name: "collection_viewed", data }] };
}

export function searchSubmitted(query: string, products: readonly Product[], store: Store) {
  const searchResult = { query, productVariants: firstVariants(products, store) };
  const data: PixelEventsSearchSubmittedData = { searchResult };
  return { events: [{ name: "search_submitted", data }] };
}

type PixelCheckout = PixelEventsCheckoutCompletedData["checkout"];
type PixelLine = PixelCheckout["lineItems"][number];

/** What the sandbox knows of a checkout. */
interface KnownCheckout extends Pick<
  PixelCheckout,
  "token" | "order" | "attributes" | "subtotalPrice" | "totalPrice" | "totalTax" | "discountsAmount"
> {
  readonly shippingLine: PixelCheckout["shippingLine"];
  readonly country: string;
  readonly language: string;
  readonly lines: readonly Pick<PixelLine, "id" | "title" | "quantity" | "finalLinePrice" | "variant">[];
}

/** `data.checkout`, in which personal fields are null, as for every app without the read_customer_* scopes (since 10 December 2025). */
const pixelCheckout = ({ country, language, lines, ...known }: KnownCheckout): PixelCheckout => ({
  ...known,
  currencyCode: known.totalPrice?.currencyCode ?? null,
  discountApplications: [],
  billingAddress: null,
  shippingAddress: null,
  buyerAcceptsEmailMarketing: false,
  buyerAcceptsSmsMarketing: false,
  delivery: null,
  email: null,
  phone: null,
  smsMarketingPhone: null,
  lineItems: lines.map((line) => ({
    ...line,
    discountAllocations: [],
    properties: [],
    sellingPlanAllocation: null,
  })),
  localization: {
    country: { isoCode: country },
    language: { isoCode: language },
    market: { id: null, handle: null },
  },
  transactions: [],
});

/** A checkout that has just been entered: nothing is known of the buyer, no delivery is chosen, no tax worked out. */
export function checkoutStarted(token: string, cart: Cart, store: Store) {
  const view = viewCart(cart, store);
  const total = moneyOf(view.total_price, store);
  const checkout = pixelCheckout({
    token,
    order: null,
    attributes: [...cart.attributes].map(([key, value]) => ({ key, value })),
    subtotalPrice: total,
    totalPrice: total,
    totalTax: moneyOf(0, store),
    discountsAmount: moneyOf(0, store),
    shippingLine: null,
    country: store.country,
    language: store.locale,
    lines: view.items.map((item) => {
      const found = findVariant(BigInt(item.variant_id));
      return {
        id: item.key,
        title: item.product_title,
        quantity: item.quantity,
        finalLinePrice: moneyOf(item.final_line_price, store),
        variant: found ? pixelVariant(found.product, found.variant, store) : null,
      };
    }),
  });
  return { events: [{ name: "checkout_started", data: { checkout } }], checkout };
}

/** How this checkout's store writes an order's ID. */
const orderIdFor = ({ switches }: Checkout, { id }: OrderPayload): string | null =>
  ({ null: null, gid: `gid://shopify/OrderIdentity/${id}`, bare: id.toString() })[switches.orderId];

/** Whether the customer has no order but this one in the store. */
const isFirstOrder = (order: OrderPayload, customerId: bigint, store: Store): boolean =>
  [...store.orders.values()].every(
    ({ payload }) => payload.customer?.id !== customerId || payload.id === order.id,
  );

/** checkout_completed, where the page is the one that fires it. Amounts are the buyer's side. */
export function checkoutCompleted(checkout: Checkout, store: Store): LoadEvent[] {
  const order = checkout.order?.payload;
  if (!order) return [];
  const amount = ({ presentment_money: money }: { presentment_money: Money }) => ({
    amount: Number(money.amount),
    currencyCode: money.currency_code,
  });
  const { customer } = order;
  const data = {
    checkout: pixelCheckout({
      token: checkout.token,
      order: {
        id: orderIdFor(checkout, order),
        customer: customer && { id: null, isFirstOrder: isFirstOrder(order, customer.id, store) },
      },
      attributes: order.note_attributes.map(({ name, value }) => ({ key: name, value })),
      subtotalPrice: amount(order.subtotal_price_set),
      totalPrice: amount(order.total_price_set),
      totalTax: amount(order.total_tax_set),
      discountsAmount: amount(order.total_discounts_set),
      shippingLine: { price: amount(order.total_shipping_price_set) },
      country: order.billing_address?.country_code ?? store.country,
      language: order.customer_locale ?? store.locale,
      lines: order.line_items.map(({ id, title, quantity, price_set }) => {
        const price = amount(price_set);
        const finalLinePrice = { ...price, amount: price.amount * quantity };
        return { id: id.toString(), title, quantity, finalLinePrice, variant: null };
      }),
    }),
  };
  const once = `checkout_completed:${checkout.token}`;
  return [{ name: "checkout_completed", data, ...(checkout.switches.repeatEvent === "on" ? {} : { once }) }];
}

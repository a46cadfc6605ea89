import type { PixelEventsCheckoutCompletedData } from "@shopify/web-pixels-extension";
import type { LoadEvent, PixelPage } from "../browser/pixel-wire.ts";
import type { Money, OrderPayload } from "../orders/order-shape.ts";
import { browserScript } from "../../http/browser-script.ts";
import { renderPage } from "../../http/render-page.ts";
import { readPixelFile } from "../app-files.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import type { Store } from "../store.ts";
import { signedIn, toldFields } from "./pixel-customer.ts";
import type { Checkout, Visit } from "./visit.ts";

type PixelCheckout = PixelEventsCheckoutCompletedData["checkout"];

const amount = (money: Money) => ({ amount: Number(money.amount), currencyCode: money.currency_code });

function orderIdFor(checkout: Checkout, order: OrderPayload): string | null {
  switch (checkout.switches.orderId) {
    case "null":
      return null;
    case "gid":
      return `gid://shopify/OrderIdentity/${order.id}`;
    case "bare":
      return order.id.toString();
  }
}

/** Whether the customer has no order but this one in the store. */
function isFirstOrder(order: OrderPayload, customerId: bigint, store: Store): boolean {
  return ![...store.orders.values()].some(
    ({ payload }) => payload.customer?.id === customerId && payload.id !== order.id,
  );
}

/**
 * `data.checkout` of checkout_completed. Amounts are the buyer's side. Personal fields are null, as for every app
 * without the read_customer_* scopes (since 10 December 2025).
 */
export function pixelCheckout(checkout: Checkout, order: OrderPayload, store: Store): PixelCheckout {
  const seen = order.total_price_set.presentment_money.currency_code;
  return {
    token: checkout.token,
    order: {
      id: orderIdFor(checkout, order),
      customer: order.customer && { id: null, isFirstOrder: isFirstOrder(order, order.customer.id, store) },
    },
    attributes: order.note_attributes.map(({ name, value }) => ({ key: name, value })),
    currencyCode: seen,
    subtotalPrice: amount(order.subtotal_price_set.presentment_money),
    totalPrice: amount(order.total_price_set.presentment_money),
    totalTax: amount(order.total_tax_set.presentment_money),
    discountsAmount: amount(order.total_discounts_set.presentment_money),
    discountApplications: [],
    billingAddress: null,
    shippingAddress: null,
    buyerAcceptsEmailMarketing: false,
    buyerAcceptsSmsMarketing: false,
    delivery: null,
    email: null,
    phone: null,
    smsMarketingPhone: null,
    shippingLine: { price: amount(order.total_shipping_price_set.presentment_money) },
    lineItems: order.line_items.map((line) => ({
      id: line.id.toString(),
      title: line.title,
      quantity: line.quantity,
      finalLinePrice: {
        amount: Number(line.price_set.presentment_money.amount) * line.quantity,
        currencyCode: seen,
      },
      discountAllocations: [],
      properties: [],
      sellingPlanAllocation: null,
      variant: null,
    })),
    localization: {
      country: { isoCode: order.billing_address?.country_code ?? store.country },
      language: { isoCode: order.customer_locale ?? store.locale },
      market: { id: null, handle: null },
    },
    transactions: [],
  };
}

/** Where the pages find the app's web pixel. */
export const PIXEL_BUNDLE = "/__web-pixel-bundle.js";

/** What differs from page to page. */
export interface PixelPageContent {
  readonly events: readonly LoadEvent[];
  readonly goods?: PixelPage["goods"];
  readonly checkout?: unknown;
}

/** checkout_completed, where the page is the one that fires it. */
export function completedEvent(checkout: Checkout, store: Store): LoadEvent[] {
  if (!checkout.order) return [];
  const data = { checkout: pixelCheckout(checkout, checkout.order.payload, store) };
  const once = `checkout_completed:${checkout.token}`;
  return [{ name: "checkout_completed", data, ...(checkout.switches.repeatEvent === "on" ? {} : { once }) }];
}

/** What a page hands to the web pixel program. */
export function pixelPage(visit: Visit, state: ShopifyState, content: PixelPageContent): PixelPage {
  const { store, switches, customerId } = visit;
  const { webPixelBundle, webPixelToml } = state.options;
  const privacy = readPixelFile(webPixelToml)?.customer_privacy;
  const runs =
    store.installation !== undefined && store.webPixel !== undefined && webPixelBundle !== undefined;
  return {
    pixel: runs ? { bundle: PIXEL_BUNDLE, settings: store.webPixel?.settings ?? {} } : undefined,
    purposes: {
      analytics: privacy?.analytics ?? false,
      marketing: privacy?.marketing ?? false,
      preferences: privacy?.preferences ?? false,
    },
    needsSaleOfData: privacy?.sale_of_data === "enabled",
    region: switches.region,
    events: content.events,
    goods: content.goods ?? {},
    checkout: content.checkout,
    told: toldFields(store),
    init: {
      data: {
        shop: {
          name: store.name,
          myshopifyDomain: store.domain,
          countryCode: store.country,
          storefrontUrl: store.storefrontUrl,
          paymentSettings: { currencyCode: store.currency },
        },
        customer: signedIn(store, customerId),
        cart: null,
        purchasingCompany: null,
      },
    },
  };
}

/** The end of a page's body: the web pixel program with all that it runs. */
export function pixelProgram(page: PixelPage): Promise<string> {
  const worker = browserScript(new URL("../browser/web-pixel-worker.ts", import.meta.url));
  return renderPage("pixel-program", { page, worker });
}

import { readFileSync } from "node:fs";
import type { PixelEventsCheckoutCompletedData } from "@shopify/web-pixels-extension";
import type { PixelPage } from "../browser/pixel-wire.ts";
import type { Money, OrderPayload } from "../orders/order-shape.ts";
import { readPixelFile } from "../app-files.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import type { Store } from "../store.ts";
import type { Checkout } from "./visit.ts";

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

/** What the page of a checkout hands to the web pixel program. */
export function pixelPage(checkout: Checkout, store: Store, state: ShopifyState, fires: boolean): PixelPage {
  const { webPixelBundle, webPixelToml } = state.options;
  const privacy = readPixelFile(webPixelToml)?.customer_privacy;
  const runs =
    store.installation !== undefined && store.webPixel !== undefined && webPixelBundle !== undefined;
  return {
    pixel: runs
      ? { bundle: readFileSync(webPixelBundle, "utf8"), settings: store.webPixel?.settings ?? {} }
      : undefined,
    purposes: {
      analytics: privacy?.analytics ?? false,
      marketing: privacy?.marketing ?? false,
      preferences: privacy?.preferences ?? false,
    },
    needsSaleOfData: privacy?.sale_of_data === "enabled",
    region: checkout.switches.region,
    completed:
      fires && checkout.order
        ? {
            data: { checkout: pixelCheckout(checkout, checkout.order.payload, store) },
            once: `checkout_completed:${checkout.token}`,
            repeat: checkout.switches.repeatEvent === "on",
          }
        : undefined,
    init: {
      data: {
        shop: {
          name: store.name,
          myshopifyDomain: store.domain,
          countryCode: store.country,
          storefrontUrl: store.storefrontUrl,
          paymentSettings: { currencyCode: store.currency },
        },
        customer: null,
        cart: null,
        purchasingCompany: null,
      },
    },
  };
}

import { createHash, randomBytes } from "node:crypto";
import { makeOrder } from "../make-order.ts";
import type { BuyerWish, OrderWish } from "../orders/order-wish.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import { addOrder, type OrderRecord } from "../store.ts";
import type { Checkout, Visit } from "./visit.ts";

/** All buyers share an address of the range that is kept for documentation: localhost would be nobody's. */
const BUYER_IP = "203.0.113.25";
const DAY_MS = 86_400_000;
/** The offer of a post-purchase page, variant by variant ID. */
export const UPSELL_VARIANT = 40000000000002n;
/** A buyer who walks away from the offer has still bought. */
const UPSELL_PATIENCE_MS = 15_000;

export function startCheckout(visit: Visit): Checkout {
  return {
    token: randomBytes(16).toString("hex"),
    switches: visit.switches,
    wish: {},
    order: undefined,
    upsell: "none",
  };
}

/** The same e-mail is the same customer. */
const customerIdOf = (email: string): bigint =>
  8_700_000_000_000n +
  (BigInt(`0x${createHash("sha256").update(email.toLowerCase()).digest("hex").slice(0, 9)}`) << 1n);

function wishOf(visit: Visit, checkout: Checkout, buyer: BuyerWish, country: string, now: number): OrderWish {
  const { switches, cart } = visit;
  return {
    kind: "web",
    country,
    at: now - switches.ageDays * DAY_MS,
    paid: switches.payment === "card",
    test: switches.testOrder === "on",
    ...(switches.presentment === "" ? {} : { presentment: switches.presentment }),
    lines: [...cart.items].map(([id, quantity]) => ({ variantId: BigInt(id), quantity })),
    gateway: switches.payment === "card" ? "shopify_payments" : "Bank Deposit",
    noteAttributes: [...cart.attributes].map(([name, value]) => ({ name, value })),
    landingSite: visit.landingSite,
    referringSite: visit.referringSite,
    checkoutToken: checkout.token,
    cartToken: cart.token,
    buyer,
    customerId: customerIdOf(buyer.email ?? ""),
    shippingDollars: 4.99,
    client: {
      ip: BUYER_IP,
      userAgent: visit.request.headers["user-agent"] ?? "",
      language: (visit.request.headers["accept-language"] ?? "en").split(",")[0] ?? "en",
    },
  };
}

/** Sends `orders/paid` as the checkout's switches say. `first` settles when the app has taken it. */
async function announce(checkout: Checkout, visit: Visit, state: ShopifyState): Promise<void> {
  const { order, switches } = checkout;
  if (order?.payload.financial_status !== "paid") return;
  const sent = state.sendPaid(visit.store.domain, order, {
    ...(switches.webhook === "lost" ? { lost: true } : {}),
    ...(switches.webhook === "slow" ? { delayMs: switches.webhookDelayMs } : {}),
  });
  if (switches.webhook === "first") await sent;
}

/** The buyer presses "Pay now": the order exists from here on. With an offer to come its webhook waits for the answer. */
export async function completeCheckout(
  checkout: Checkout,
  visit: Visit,
  buyer: BuyerWish,
  country: string,
  state: ShopifyState,
): Promise<OrderRecord> {
  if (checkout.order) return checkout.order;
  const now = state.now();
  checkout.wish = wishOf(visit, checkout, buyer, country, now);
  const order = addOrder(visit.store, makeOrder(visit.store, state.random, now, checkout.wish));
  checkout.order = order;
  if (visit.switches.upsell === "on") {
    checkout.upsell = "offered";
    setTimeout(() => void settleUpsell(checkout, visit, false, state), UPSELL_PATIENCE_MS).unref();
  } else {
    await announce(checkout, visit, state);
  }
  return order;
}

/** Accepting adds a line to the order that was placed already: same ID and number, a larger total. */
export async function settleUpsell(
  checkout: Checkout,
  visit: Visit,
  accepted: boolean,
  state: ShopifyState,
): Promise<void> {
  const { order } = checkout;
  if (checkout.upsell !== "offered" || !order) return;
  checkout.upsell = "settled";
  if (accepted) {
    const { payload } = order;
    const wish = {
      ...checkout.wish,
      lines: [...(checkout.wish.lines ?? []), { variantId: UPSELL_VARIANT, quantity: 1 }],
      orderNumber: payload.order_number,
    };
    const { token, confirmation_number, order_status_url, phone } = payload;
    const larger = makeOrder(visit.store, state.random, state.now(), wish);
    const kept = { token, confirmation_number, order_status_url, phone };
    checkout.order = addOrder(visit.store, { ...larger, ...kept });
  }
  await announce(checkout, visit, state);
}

import { CATALOGUE } from "./catalogue.ts";
import type { LineWish, OrderKind, OrderWish, ClientWish } from "./order-wish.ts";
import type { NameValue } from "./order-shape.ts";
import type { Random } from "./seeded-random.ts";

/** What nobody asked for is drawn: the mix that a mid-sized store sees. */
const DAY = 86_400_000;

export function drawLines(random: Random): LineWish[] {
  return Array.from({ length: random.pick([1, 1, 1, 2, 2, 3]) }, () => ({
    variantId: random.pick(random.pick(CATALOGUE).variants).id,
    quantity: random.pick([1, 1, 1, 2, 3]),
  }));
}

export function drawLanding(kind: OrderKind, random: Random): string | null {
  if (kind !== "web") return null;
  return random.pick([
    "/",
    "/products/tee",
    `/products/ornament?utm_source=facebook&fbclid=IwZX${random.text(24)}_aem_${random.text(8)}`,
    "/discount/vip30?utm_source=Klaviyo&utm_medium=email",
    null,
  ]);
}

export function drawReferrer(kind: OrderKind, random: Random): string | null {
  return kind === "web"
    ? random.pick(["https://l.facebook.com/", "https://www.google.com/", "", null])
    : null;
}

/** Cart attributes as other programs leave them; our own pair among them half of the time. */
export function drawAttributes(kind: OrderKind, random: Random, at: number): NameValue[] {
  if (kind !== "web" || random.chance(0.3)) return [];
  const attributes = [{ name: "_source", value: "Rebuy" }];
  if (random.chance(0.7)) {
    attributes.push({
      name: "_fbp",
      value: `fb.1.${at - random.int(1, 90) * DAY}.${random.int(100_000_000, 2_147_483_647)}`,
    });
    attributes.push({ name: "_tandem_consent", value: random.chance(0.9) ? "m1a1p1s1" : "m0a0p0s0" });
  }
  if (random.chance(0.4)) {
    attributes.push({
      name: "_fbc",
      value: `fb.1.${at - random.int(1, 48) * 3_600_000}.IwZX${random.text(24)}_aem_${random.text(8)}`,
    });
  }
  return attributes;
}

/** One of these for each order gives the mix that a mid-sized store sees; never a test order. */
export const USUAL_WISHES: readonly OrderWish[] = [
  ...Array<OrderWish>(7).fill({ kind: "web" }),
  { kind: "web", presentment: "GBP" },
  { kind: "web", discountPercent: 25, consentObjects: true },
  { kind: "web", hugeId: true },
  { kind: "pos" },
  { kind: "pos", withoutCustomer: true },
  { kind: "draft" },
  { kind: "renewal" },
  { kind: "channel_app" },
];

const BROWSERS = [
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 400.0.0",
  "Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Mobile Safari/537.36",
] as const;

/** Addresses from the ranges kept for documentation (RFC 5737, RFC 3849). */
function documentationAddress(random: Random): string {
  if (random.chance(0.3)) {
    return `2001:db8:${random.text(4)}:${random.text(4)}::${random.text(3)}`;
  }
  return `${random.pick(["203.0.113", "198.51.100", "192.0.2"])}.${random.int(1, 254)}`;
}

/**
 * What differs by the way an order was placed. `client` is whose address and browser these are: the buyer's, the staff's
 * (draft), the till's (pos), nobody's (renewal).
 */
export function originOf(kind: OrderKind, random: Random, language: string) {
  // Drawn for every kind, so that an order's kind does not change what is drawn after it.
  const browser: ClientWish = {
    ip: documentationAddress(random),
    userAgent: random.pick(BROWSERS),
    language,
  };
  const staffId = 98500000001n;
  const none = { staffId: null, locationId: null, client: undefined, hasCart: false, hasCheckout: true };
  const from = (sourceName: string, appId: bigint, gateway: string) => ({
    ...none,
    sourceName,
    appId,
    gateways: [gateway],
  });
  switch (kind) {
    case "web": {
      const gateway = random.pick(["shopify_payments", "paypal", "Stripe Card Payments", "gift_card"]);
      return { ...from("web", 580111n, gateway), client: browser, hasCart: true };
    }
    case "pos": {
      const client: ClientWish = { ip: "127.0.0.1", userAgent: "Shopify POS/10.2.0 (iPad; iOS 26.0)" };
      const sale = from("pos", 129785n, random.pick(["cash", "shopify_payments"]));
      return { ...sale, staffId, locationId: 65000000001n, client, hasCheckout: false };
    }
    case "draft": {
      const client: ClientWish = { ip: "203.0.113.77", userAgent: BROWSERS[0] };
      return { ...from("shopify_draft_order", 1354745n, "manual"), staffId, client };
    }
    case "renewal": {
      const source = random.pick(["subscription_contract", "subscription_contract_checkout_one"]);
      return { ...from(source, 294517n, "shopify_payments"), hasCheckout: false };
    }
    case "channel_app":
      return from("2376822", 2376822n, "shopify_payments");
  }
}

import type { ClientWish, OrderKind } from "./order-wish.ts";
import type { Random } from "./seeded-random.ts";

/** What differs by the way an order was placed. */
export interface Origin {
  readonly sourceName: string;
  readonly appId: bigint;
  readonly gateways: readonly string[];
  readonly staffId: bigint | null;
  readonly locationId: bigint | null;
  /** Whose address and browser these are: the buyer's, the staff's (draft), the till's (pos), nobody's (renewal). */
  readonly client: ClientWish | undefined;
  readonly hasCart: boolean;
  readonly hasCheckout: boolean;
}

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

export function originOf(kind: OrderKind, random: Random, language: string): Origin {
  // Drawn for every kind, so that an order's kind does not change what is drawn after it.
  const browser = { ip: documentationAddress(random), userAgent: random.pick(BROWSERS), language };
  const none = { staffId: null, locationId: null, client: undefined, hasCart: false, hasCheckout: true };
  const staffId = 98500000001n;
  switch (kind) {
    case "web": {
      const gateway = random.pick(["shopify_payments", "paypal", "Stripe Card Payments", "gift_card"]);
      return {
        ...none,
        sourceName: "web",
        appId: 580111n,
        gateways: [gateway],
        client: browser,
        hasCart: true,
      };
    }
    case "pos": {
      const till = { ip: "127.0.0.1", userAgent: "Shopify POS/10.2.0 (iPad; iOS 26.0)" };
      const gateways = [random.pick(["cash", "shopify_payments"])];
      const place = { staffId, locationId: 65000000001n, client: till, hasCheckout: false };
      return { ...none, sourceName: "pos", appId: 129785n, gateways, ...place };
    }
    case "draft": {
      const desk = { ip: "203.0.113.77", userAgent: BROWSERS[0] };
      const source = { sourceName: "shopify_draft_order", appId: 1354745n, gateways: ["manual"] };
      return { ...none, ...source, staffId, client: desk };
    }
    case "renewal": {
      const sourceName = random.pick(["subscription_contract", "subscription_contract_checkout_one"]);
      return { ...none, sourceName, appId: 294517n, gateways: ["shopify_payments"], hasCheckout: false };
    }
    case "channel_app":
      return { ...none, sourceName: "2376822", appId: 2376822n, gateways: ["shopify_payments"] };
  }
}

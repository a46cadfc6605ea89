import { readFileSync, readdirSync } from "node:fs";

import type { OrderWish } from "#sandbox/shopify/orders/order-wish.ts";
import type { ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";
import type { OrderRecord } from "#sandbox/shopify/store.ts";

/** What must become of an order, known from how it was made, never from the app. */
export interface ExpectedOrder {
  readonly record: OrderRecord;
  /** "counted", or the reason for which it must not be sent. */
  readonly expected: string;
}

const consent = (code: string) => [{ name: "_tandem_consent", value: code }];
const browserTraces = (index: number) => [
  { name: "_fbp", value: `fb.1.${1_790_000_000_000 + index}.${600_000_000 + index}` },
];

/** Kinds of orders, how many of each in a full run, and what must become of them. */
const KINDS: readonly {
  readonly count: number;
  readonly expected: string;
  readonly wish: (index: number) => OrderWish;
}[] = [
  {
    count: 120,
    expected: "counted",
    wish: (index) => ({ kind: "web", country: "US", noteAttributes: browserTraces(index) }),
  },
  {
    count: 15,
    expected: "counted",
    wish: () => ({ kind: "web", country: "US", discountPercent: 25, consentObjects: true }),
  },
  { count: 10, expected: "counted", wish: () => ({ kind: "web", country: "CA", presentment: "CAD" }) },
  { count: 5, expected: "counted", wish: () => ({ kind: "web", country: "US", hugeId: true }) },
  {
    count: 15,
    expected: "counted",
    wish: () => ({ kind: "web", country: "DE", noteAttributes: consent("m1a1p1s1") }),
  },
  { count: 15, expected: "no_consent", wish: () => ({ kind: "web", country: "DE" }) },
  {
    count: 5,
    expected: "no_consent",
    wish: () => ({ kind: "web", country: "US", noteAttributes: consent("m0a0p0s0") }),
  },
  { count: 10, expected: "counted", wish: () => ({ kind: "draft", country: "US" }) },
  { count: 10, expected: "counted", wish: () => ({ kind: "pos", country: "US" }) },
  { count: 10, expected: "source_off", wish: () => ({ kind: "renewal", country: "US" }) },
  { count: 5, expected: "test_order", wish: () => ({ kind: "web", country: "US", test: true }) },
];

/** The sample orders, with their times moved to now (they are from 2025 and Meta takes seven days). */
const SAMPLES: Readonly<Record<string, string>> = {
  "01_web_usd_discount_fbp_noteattrs.json": "counted",
  "02_web_multicurrency_eur_gbp_giftcard_ipv6.json": "no_consent",
  "04_draft_order_pkr_manual_prefix.json": "counted",
};

/** All orders of `--once`: the samples, and every kind. */
export function placeDemoOrders(shopify: ShopifySandbox, shop: string): readonly ExpectedOrder[] {
  const samples = readdirSync("tests/orders")
    .filter((file) => file in SAMPLES)
    .map((file) => ({
      record: shopify.adoptOrder(shop, moveToNow(readFileSync(`tests/orders/${file}`, "utf8"))),
      expected: SAMPLES[file] ?? "counted",
    }));
  return [...samples, ...placeKinds(shopify, shop, 1)];
}

/** A few of each kind, as this store would have them: the samples are of stores with other currencies. */
export function placeStoreOrders(shopify: ShopifySandbox, shop: string): readonly OrderRecord[] {
  return placeKinds(shopify, shop, 0.05).map(({ record }) => record);
}

function placeKinds(shopify: ShopifySandbox, shop: string, share: number): readonly ExpectedOrder[] {
  return KINDS.flatMap(({ count, expected, wish }) =>
    Array.from({ length: Math.ceil(count * share) }, (_, index) => ({
      // Attributes are given, never drawn: a drawn consent would change what is expected.
      record: shopify.placeOrder(shop, { noteAttributes: [], ...wish(index) }),
      expected,
    })),
  );
}

/** Also lifts the draft order's small number out of the way of the orders that the store makes itself. */
function moveToNow(text: string): string {
  const now = new Date().toISOString().replace(/\.\d+Z$/, "+00:00");
  return text
    .replaceAll(/("(?:created|processed|updated)_at": ?)"2025-(?:10|05)-[^"]*"/g, `$1"${now}"`)
    .replace(/"order_number": ?1003\b/, '"order_number": 91003');
}

import { purchase } from "../../../extensions/contract/events/purchase.ts";
import type { Sum } from "../../quality/sum-tallies.ts";
import { addSums } from "../facts/add-sums.ts";
import type { AuditedDay, ReceivedDay, ShopifyDay } from "../facts/audit-facts.ts";
import { compareReceived, expectReceived } from "./compare-received.ts";
import { findMissingOrders } from "./find-missing-orders.ts";

/** Up to this share of a difference, Meta's count is as it should be (reference: ≤10 % normal). */
const USUAL = 0.1;

/** What is odd about a day. */
export type OddDay =
  /** Shopify has so many paid orders that Tandem does not have. */
  | { readonly kind: "missing"; readonly count: number }
  /** Given up. */
  | { readonly kind: "failed"; readonly count: number }
  | { readonly kind: "received_more" | "received_fewer"; readonly received: number; readonly ours: number };

/** One day, by everybody's count. */
export interface ReconciledDay {
  /** YYYY-MM-DD, the store's calendar. */
  readonly day: string;
  /** null while Shopify was not asked: the day is not over, or the answer has not come. */
  readonly shopify: Pick<ShopifyDay, "orders" | "worth"> | null;
  /** Paid orders that Tandem has, tests left out. */
  readonly taken: Sum;
  readonly sent: Sum;
  readonly skipped: readonly { readonly reason: string; readonly count: number }[];
  readonly open: number;
  readonly failed: number;
  /** Without any delivery to this dataset: paid before it was connected. */
  readonly before: number;
  /** Purchases; null where no file told. */
  readonly received: Pick<ReceivedDay, "browser" | "server" | "total" | "worth"> | null;
  readonly odd: readonly OddDay[];
}

export interface DaysToReconcile {
  /** Oldest first. */
  readonly days: readonly AuditedDay[];
  readonly today: string;
  /** Our row of the dataset that is looked at; null while none is connected. */
  readonly dataset: string | null;
  readonly shopify: readonly ShopifyDay[];
  /** Of this dataset alone. */
  readonly received: readonly ReceivedDay[];
}

/** Puts the counts of a day side by side and says which days stand out. Pure. */
export function reconcileDays(input: DaysToReconcile): readonly ReconciledDay[] {
  const asked = new Map(input.shopify.map((each) => [each.day, each]));
  const told = new Map(
    input.received.filter(({ eventName }) => eventName === purchase.name).map((each) => [each.day, each]),
  );
  const missing = missingByDay(input, asked);
  return input.days.map((day, index) => {
    const of = input.dataset === null ? undefined : day.datasets[input.dataset];
    const skipped = Object.entries(of?.skipped ?? {})
      .map(([reason, { count }]) => ({ reason, count }))
      // Test orders are no sales: they stand in no other column either.
      .filter(({ reason, count }) => count > 0 && reason !== "test_order")
      .sort((a, b) => b.count - a.count);
    const sent = of?.delivered ?? addSums([]);
    const open = of?.open.count ?? 0;
    const failed = of?.failed.count ?? 0;
    const known = sent.count + open + failed + skipped.reduce((all, { count }) => all + count, 0);
    const received = told.get(day.day) ?? null;
    return {
      day: day.day,
      shopify: asked.get(day.day) ?? null,
      taken: day.orders,
      sent,
      skipped,
      open,
      failed,
      before: Math.max(0, day.orders.count - known),
      received,
      odd: [
        ...oddCount("missing", missing[index] ?? 0),
        ...oddCount("failed", failed),
        ...(received && day.day < input.today ? oddReceived(received, day, sent.count) : []),
      ],
    };
  });
}

function oddCount(kind: "missing" | "failed", count: number): readonly OddDay[] {
  return count > 0 ? [{ kind, count }] : [];
}

/**
 * Where Shopify counted by the day of the order (docs/decisions/0830), a late payment stands on another day here: then only
 * a difference of more than a tenth, and three orders, is told.
 */
function missingByDay({ days }: DaysToReconcile, asked: ReadonlyMap<string, ShopifyDay>): readonly number[] {
  const isCounted = [...asked.values()].some(({ orders, worth }) => orders > 0 && worth === null);
  const missing = findMissingOrders(
    days.map(({ day, orders }) => {
      const shopify = asked.get(day);
      return shopify ? { shopify: shopify.orders, taken: orders.count } : null;
    }),
  );
  if (!isCounted) return missing;
  return days.map(({ day }, index) => {
    const count = missing[index] ?? 0;
    return count >= 3 && count > (asked.get(day)?.orders ?? 0) * USUAL ? count : 0;
  });
}

function oddReceived(received: ReceivedDay, { pairing }: AuditedDay, delivered: number): readonly OddDay[] {
  const browser = pairing.paired.count + pairing.browser_only.count + pairing.mismatched.count;
  const compared = expectReceived(received, { delivered, browser });
  const way = compareReceived(compared, USUAL);
  if (way === null) return [];
  return way === "more"
    ? [{ kind: "received_more", received: compared.received, ours: compared.most }]
    : [{ kind: "received_fewer", received: compared.received, ours: compared.least }];
}

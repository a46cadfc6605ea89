import type { TallyRow } from "./read-tallies.server.ts";
import { grouped, total, without, type Sum } from "./sum-tallies.ts";

export interface OrdersAccounted {
  /** Every paid order of the period; Shopify's test orders as far as the dataset knows them. */
  readonly paid: Sum;
  readonly delivered: Sum;
  readonly skipped: readonly (Sum & { readonly reason: string })[];
  /** Paid before the dataset was connected: explained, never sent. */
  readonly beforeDataset: Sum;
  /** On its way. */
  readonly open: Sum;
  /** Given up: nobody can explain it away. */
  readonly failed: Sum;
  readonly byDay: readonly {
    readonly day: string;
    readonly delivered: number;
    readonly skipped: number;
    readonly open: number;
    readonly failed: number;
  }[];
}

/**
 * Every paid order of the period, and what became of it at one dataset; the parts add up to all of them.
 * @param rows counts of the period
 * @param datasetId null while no dataset was ever connected: then every order came before it
 */
export function accountOrders(
  rows: readonly TallyRow[],
  datasetId: bigint | null,
  days: readonly string[],
): OrdersAccounted {
  const sales = total(rows.filter((row) => row.metric === "order" && row.label !== TEST_ORDERS));
  const deliveries = rows.filter((row) => row.metric === "delivery" && row.datasetId === datasetId);
  const skippedRows = deliveries.filter((row) => row.label.startsWith(SKIPPED));
  const skipped = [...grouped(skippedRows, (row) => row.label.slice(SKIPPED.length))]
    .map(([reason, group]) => ({ reason, ...total(group) }))
    .filter((each) => each.count > 0)
    .sort((a, b) => b.count - a.count);
  const testOrders = skipped.find((each) => each.reason === "test_order")?.count ?? 0;
  const known = total(deliveries.filter((row) => row.label !== `${SKIPPED}test_order`));
  const of = (group: readonly TallyRow[], test: (label: string) => boolean) =>
    total(group.filter((row) => test(row.label)));
  const byDay = grouped(deliveries, (row) => row.day);
  return {
    paid: { count: sales.count + testOrders, worth: sales.worth },
    delivered: of(deliveries, isDelivered),
    skipped,
    beforeDataset: without(sales, known),
    open: of(deliveries, isOpen),
    failed: of(deliveries, isFailed),
    byDay: days.map((day) => {
      const group = byDay.get(day) ?? [];
      return {
        day,
        delivered: of(group, isDelivered).count,
        skipped: of(group, (label) => label.startsWith(SKIPPED)).count,
        open: of(group, isOpen).count,
        failed: of(group, isFailed).count,
      };
    }),
  };
}

/** The label of Shopify's test orders in the metric `order`: they are no sales. */
export const TEST_ORDERS = "test";

const SKIPPED = "skipped:";
const isDelivered = (label: string) => label === "delivered";
const isOpen = (label: string) => label === "open" || label === "held";
const isFailed = (label: string) => label === "dead";

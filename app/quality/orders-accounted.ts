import type { TallyRow } from "./read-tallies.server.ts";
import { grouped, total, type Sum } from "./sum-tallies.ts";

export interface OrdersAccounted {
  readonly paid: Sum;
  readonly delivered: Sum;
  readonly skipped: readonly (Sum & { readonly reason: string })[];
  /** Paid before the dataset was connected: explained, never sent. */
  readonly beforeDataset: Sum;
  /** On its way. */
  readonly open: Sum;
  /** Given up: nobody can explain it away. */
  readonly failed: Sum;
  /** (delivered + explained) / paid, 0 to 1; null without orders. */
  readonly share: number | null;
  readonly byDay: readonly {
    readonly day: string;
    readonly delivered: number;
    readonly skipped: number;
    readonly open: number;
    readonly failed: number;
  }[];
}

/**
 * Every paid order of the period, and what became of it at one dataset.
 * @param rows counts of the period
 * @param datasetId null while no dataset was ever connected: then every order came before it
 */
export function accountOrders(
  rows: readonly TallyRow[],
  datasetId: bigint | null,
  days: readonly string[],
): OrdersAccounted {
  const orders = rows.filter((row) => row.metric === "order");
  const deliveries = rows.filter((row) => row.metric === "delivery" && row.datasetId === datasetId);
  const paid = total(orders);
  const delivered = total(deliveries.filter((row) => row.label === "delivered"));
  const open = total(deliveries.filter((row) => row.label === "open" || row.label === "held"));
  const failed = total(deliveries.filter((row) => row.label === "dead"));
  const skippedRows = deliveries.filter((row) => row.label.startsWith(SKIPPED));
  const skipped = [...grouped(skippedRows, (row) => row.label.slice(SKIPPED.length))]
    .map(([reason, group]) => ({ reason, ...total(group) }))
    .filter((each) => each.count > 0)
    .sort((a, b) => b.count - a.count);
  const known = total(deliveries);
  const beforeDataset = {
    count: Math.max(0, paid.count - known.count),
    amount: Math.max(0, paid.amount - known.amount),
  };
  const explained = skipped.reduce((sum, each) => sum + each.count, 0) + beforeDataset.count;
  const byDay = grouped(deliveries, (row) => row.day);
  return {
    paid,
    delivered,
    skipped,
    beforeDataset,
    open,
    failed,
    share: paid.count === 0 ? null : Math.min(1, (delivered.count + explained) / paid.count),
    byDay: days.map((day) => {
      const group = byDay.get(day) ?? [];
      const of = (test: (label: string) => boolean) => total(group.filter((row) => test(row.label))).count;
      return {
        day,
        delivered: of((label) => label === "delivered"),
        skipped: of((label) => label.startsWith(SKIPPED)),
        open: of((label) => label === "open" || label === "held"),
        failed: of((label) => label === "dead"),
      };
    }),
  };
}

const SKIPPED = "skipped:";

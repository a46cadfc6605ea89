import type { Database } from "#app/platform/database/database.server.ts";
import { readTallies } from "#app/quality/read-tallies.server.ts";

const EVER = { from: "2000-01-01", to: "2100-01-01" };

/** One row of the tallies: an amount is a sum of money, or of events for attempts. */
export interface Counted {
  readonly dataset: string;
  readonly day: string;
  readonly metric: string;
  readonly label: string;
  readonly count: number;
  readonly currency: string;
  readonly amount: number;
}

/** The counts as anybody would make them who had never heard of triggers: by looking at every row. */
export async function recount({ prisma }: Database, storeId: bigint): Promise<Counted[]> {
  const conversions = await prisma.conversion.findMany({
    where: { storeId },
    include: { deliveries: true, store: { select: { timeZone: true } } },
  });
  const attempts = await prisma.attempt.findMany({ where: { storeId } });
  const store = await prisma.store.findUniqueOrThrow({ where: { id: storeId } });
  const sums = new Map<string, Counted>();
  const add = (dataset: bigint, at: Date, metric: string, label: string, amount: number, currency = "") => {
    const day = new Intl.DateTimeFormat("en-CA", { timeZone: store.timeZone }).format(at);
    const key = [dataset, day, metric, label, currency].join("|");
    const before = sums.get(key) ?? {
      dataset: String(dataset),
      day,
      metric,
      label,
      currency,
      count: 0,
      amount: 0,
    };
    sums.set(key, { ...before, count: before.count + 1, amount: before.amount + amount });
  };
  for (const conversion of conversions) {
    const value = conversion.shopValue?.toNumber() ?? 0;
    const currency = conversion.shopCurrency ?? "";
    add(0n, conversion.paidAt, "order", conversion.test ? "test" : conversion.source, value, currency);
    if (conversion.customerKind !== null && !conversion.test)
      add(0n, conversion.paidAt, "customer", conversion.customerKind, value, currency);
    const pairing = `${["web", "subscription_first"].includes(conversion.source) ? "web" : "other"}:${conversion.pairing}`;
    if (!conversion.test) add(0n, conversion.paidAt, "pairing", pairing, value, currency);
    for (const delivery of conversion.deliveries) {
      const open = ["waiting", "due", "leased", "retrying"].includes(delivery.state);
      const label = open
        ? "open"
        : delivery.state === "skipped"
          ? `skipped:${delivery.skipReason}`
          : delivery.state;
      add(delivery.datasetId, conversion.paidAt, "delivery", label, value, currency);
      if (delivery.state === "delivered")
        for (const key of delivery.sentKeys) add(delivery.datasetId, conversion.paidAt, "key", key, 0);
    }
  }
  for (const attempt of attempts)
    add(attempt.datasetId, attempt.startedAt, "attempt", attempt.class, attempt.events);
  return [...sums.values()];
}

/** The same as the app keeps them. */
export async function kept(database: Database, storeId: bigint): Promise<Counted[]> {
  const rows = await readTallies(database, { storeId, ...EVER });
  return rows.map(({ datasetId, ...row }) => ({ dataset: String(datasetId), ...row }));
}

/** As lines, for comparing. */
export const sorted = (rows: readonly Counted[]) =>
  rows
    .map(
      (row) =>
        `${row.dataset}|${row.day}|${row.metric}|${row.label}|${row.currency}|${row.count}|${row.amount.toFixed(2)}`,
    )
    .sort();

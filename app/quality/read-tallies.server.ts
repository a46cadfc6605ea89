import type { Database } from "../platform/database/database.server.ts";
import { SEEN_METRICS } from "../conversions/order/seen-traits.ts";

/** What is counted; the labels of each are named where the triggers are (prisma/migrations/…_tallies, …_customer_kind). */
export type TallyMetric = "order" | "delivery" | "pairing" | "attempt" | "key" | "customer";

export interface TallyRow {
  /** 0n where a count is not of one dataset. */
  readonly datasetId: bigint;
  /** The store's calendar day, YYYY-MM-DD. */
  readonly day: string;
  readonly metric: TallyMetric;
  readonly label: string;
  readonly count: number;
  /** ISO code; empty where `amount` is no money, or nobody knows which. */
  readonly currency: string;
  /** What the orders are worth; for `attempt` the number of events. */
  readonly amount: number;
}

/**
 * A store's counts by day, folded and not yet folded together, as of one moment.
 * @param from first day, YYYY-MM-DD, the store's calendar
 * @param to last day, included
 */
export async function readTallies(
  database: Database,
  query: { readonly storeId: bigint; readonly from: string; readonly to: string },
): Promise<readonly TallyRow[]> {
  const { storeId, from, to } = query;
  return database.prisma.$queryRaw<TallyRow[]>`
    SELECT dataset_id AS "datasetId", to_char(day, 'YYYY-MM-DD') AS day, metric, label, currency,
           sum(count)::float8 AS count, sum(amount)::float8 AS amount
    FROM (
      SELECT dataset_id, day, metric, label, currency, count, amount FROM tally
      WHERE store_id = ${storeId}::bigint AND day BETWEEN ${from}::date AND ${to}::date
        AND metric <> ALL(${SEEN_METRICS}::text[])
      UNION ALL
      SELECT dataset_id, day, metric, label, currency, count, amount FROM tally_delta
      WHERE store_id = ${storeId}::bigint AND day BETWEEN ${from}::date AND ${to}::date
        AND metric <> ALL(${SEEN_METRICS}::text[])
    ) AS counted
    GROUP BY dataset_id, day, metric, label, currency HAVING sum(count) <> 0 OR sum(amount) <> 0`;
}

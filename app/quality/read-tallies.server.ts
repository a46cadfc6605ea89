import type { Database } from "../platform/database/database.server.ts";
import { SEEN_METRICS } from "../conversions/order/seen-traits.ts";

/** What is counted; the labels of each are named where the triggers are (prisma/migrations/…_tallies, …_customer_kind). */
export type TallyMetric =
  "order" | "delivery" | "pairing" | "attempt" | "key" | "customer" | (typeof FUNNEL_METRICS)[number];

/** Counts of the funnel's events; their labels stand in docs/decisions/0838. Read by themselves: most pages need none. */
const FUNNEL_METRICS = ["funnel", "funnel_key"] as const;

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

interface TallyDays {
  readonly storeId: bigint;
  /** First day, YYYY-MM-DD, the store's calendar. */
  readonly from: string;
  /** Last day, included. */
  readonly to: string;
}

/** A store's counts of orders by day, folded and not yet folded together, as of one moment. */
export function readTallies(database: Database, days: TallyDays): Promise<readonly TallyRow[]> {
  return readCounts(database, days, { metrics: [...SEEN_METRICS, ...FUNNEL_METRICS], isThese: false });
}

/** The same of the funnel's events: of one by Meta's name, or of all. */
export function readFunnelTallies(
  database: Database,
  { event, ...days }: TallyDays & { readonly event?: string },
): Promise<readonly TallyRow[]> {
  const begins = event === undefined ? "" : `${event}:`;
  return readCounts(database, days, { metrics: FUNNEL_METRICS, isThese: true, begins });
}

/** Counts of these metrics, or of all others; `begins` is how their labels begin. */
interface Wanted {
  readonly metrics: readonly string[];
  readonly isThese: boolean;
  readonly begins?: string;
}

function readCounts(
  { prisma }: Database,
  { storeId, from, to }: TallyDays,
  { metrics, isThese, begins = "" }: Wanted,
): Promise<TallyRow[]> {
  return prisma.$queryRaw<TallyRow[]>`
    SELECT dataset_id AS "datasetId", to_char(day, 'YYYY-MM-DD') AS day, metric, label, currency,
           sum(count)::float8 AS count, sum(amount)::float8 AS amount
    FROM (
      SELECT dataset_id, day, metric, label, currency, count, amount FROM tally
      WHERE store_id = ${storeId}::bigint AND day BETWEEN ${from}::date AND ${to}::date
        AND (metric = ANY(${metrics}::text[])) = ${isThese}::boolean AND starts_with(label, ${begins}::text)
      UNION ALL
      SELECT dataset_id, day, metric, label, currency, count, amount FROM tally_delta
      WHERE store_id = ${storeId}::bigint AND day BETWEEN ${from}::date AND ${to}::date
        AND (metric = ANY(${metrics}::text[])) = ${isThese}::boolean AND starts_with(label, ${begins}::text)
    ) AS counted
    GROUP BY dataset_id, day, metric, label, currency HAVING sum(count) <> 0 OR sum(amount) <> 0`;
}

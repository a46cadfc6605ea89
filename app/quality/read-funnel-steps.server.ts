import { copiesOf } from "../../extensions/contract/events/copies-of.ts";
import { purchase } from "../../extensions/contract/events/purchase.ts";
import type { EventName } from "../../extensions/contract/events/registry.ts";
import type { Database } from "../platform/database/database.server.ts";

/** One step of the way to a purchase. */
export interface FunnelStep {
  /** Meta's name. */
  readonly event: EventName;
  /** Events of the step; null where the store does not send both copies of it, so that nobody counts. */
  readonly count: number | null;
}

/** The way that a shop's funnel is read: from the product to the paid order. */
const STEPS = ["ViewContent", "AddToCart", "InitiateCheckout"] as const satisfies readonly EventName[];

/**
 * How many events of each step there were in these days, at one dataset; of purchases those of the online store, which
 * alone have the steps before them. Read from counts.
 */
export async function readFunnelSteps(
  { prisma }: Database,
  input: {
    readonly store: { readonly id: bigint; readonly events: unknown };
    /** Null while no dataset was ever connected. */
    readonly datasetId: bigint | null;
    readonly from: string;
    readonly to: string;
  },
): Promise<readonly FunnelStep[]> {
  const { store, from, to } = input;
  const labels = STEPS.map((event) => `${event}:taken`);
  const rows = await prisma.$queryRaw<{ metric: string; label: string; count: number }[]>`
    SELECT metric, label, sum(count)::float8 AS count
    FROM (
      SELECT dataset_id, day, metric, label, count FROM tally
      WHERE store_id = ${store.id}::bigint AND day BETWEEN ${from}::date AND ${to}::date
      UNION ALL
      SELECT dataset_id, day, metric, label, count FROM tally_delta
      WHERE store_id = ${store.id}::bigint AND day BETWEEN ${from}::date AND ${to}::date
    ) AS counted
    WHERE (metric = 'funnel' AND dataset_id = ${input.datasetId ?? 0n}::bigint AND label = ANY(${labels}::text[]))
       OR (metric = 'pairing' AND starts_with(label, 'web:'))
    GROUP BY metric, label`;
  const purchases = rows.reduce((sum, row) => sum + (row.metric === "pairing" ? row.count : 0), 0);
  return [
    ...STEPS.map((event) => {
      const count = rows.find((row) => row.label === `${event}:taken`)?.count ?? 0;
      return { event, count: count > 0 || copiesOf(store.events, event) === "both" ? count : null };
    }),
    { event: purchase.name, count: purchases },
  ];
}

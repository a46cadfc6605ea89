import { foldRule } from "../conversions/order/exclusion-rules.ts";
import type { ExclusionRule } from "../conversions/model.ts";
import type { Database } from "../platform/database/database.server.ts";
import {
  RULE_DAYS,
  SEEN_DAYS,
  SEEN_METRICS,
  metricOf,
  traitOf,
  type SeenValue,
} from "../conversions/order/seen-traits.ts";

/** Values of one trait that the picker offers, the most frequent first. */
const MOST_OFFERED = 100;

/**
 * What a store's orders of the last 90 days carried, from the counts kept at intake (`tally`), never from the orders.
 * Test orders are not counted; orders left out for another reason are.
 *
 * @param now Unix milliseconds
 */
export async function readSeenTraits(
  { prisma }: Database,
  store: { readonly id: bigint; readonly timeZone: string },
  rules: readonly ExclusionRule[],
  now: number,
): Promise<readonly SeenValue[]> {
  const named = rules.map((rule) => `${metricOf(rule.by)}=${foldRule(rule)}`);
  const rows = await prisma.$queryRaw<{ metric: string; label: string; last30: number; last90: number }[]>`
    WITH today AS (SELECT (${new Date(now)}::timestamptz AT TIME ZONE ${store.timeZone}::text)::date AS day),
    counted AS (
      SELECT t.metric, t.label, t.day, t.count FROM tally t, today
      WHERE t.store_id = ${store.id}::bigint AND t.dataset_id = 0 AND t.day > today.day - ${SEEN_DAYS}::int
        AND t.metric = ANY(${SEEN_METRICS}::text[])
      UNION ALL
      SELECT t.metric, t.label, t.day, t.count FROM tally_delta t, today
      WHERE t.store_id = ${store.id}::bigint AND t.dataset_id = 0 AND t.day > today.day - ${SEEN_DAYS}::int
        AND t.metric = ANY(${SEEN_METRICS}::text[])
    ), summed AS (
      SELECT metric, label, sum(count)::float8 AS last90,
             coalesce(sum(count) FILTER (WHERE counted.day > today.day - ${RULE_DAYS}::int), 0)::float8 AS last30
      FROM counted, today GROUP BY metric, label
    ), ranked AS (
      SELECT *, row_number() OVER (PARTITION BY metric ORDER BY last90 DESC, label) AS place FROM summed
    )
    SELECT metric, label, last30, last90 FROM ranked
    WHERE place <= ${MOST_OFFERED}::int OR metric || '=' || label = ANY(${named}::text[])
    ORDER BY metric, last90 DESC, label`;
  return rows.flatMap(({ metric, label, last30, last90 }) => {
    const by = traitOf(metric);
    return by === undefined ? [] : [{ by, value: label, last30, last90 }];
  });
}

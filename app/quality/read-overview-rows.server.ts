import type { Database } from "../platform/database/database.server.ts";

/** The last 90 readings of Meta's score, and those of the period; oldest first. */
export async function readSnapshots(
  { prisma }: Database,
  datasetId: bigint | null,
  period: { readonly from: string; readonly to: string },
) {
  if (datasetId === null) return [];
  const [newest, ofPeriod] = await Promise.all([
    prisma.scoreSnapshot.findMany({ where: { datasetId }, orderBy: { day: "desc" }, take: 90 }),
    prisma.scoreSnapshot.findMany({
      where: { datasetId, day: { gte: new Date(period.from), lte: new Date(period.to) } },
    }),
  ]);
  return [...new Map([...ofPeriod, ...newest].map((each) => [each.id, each])).values()].sort(
    (a, b) => a.day.getTime() - b.day.getTime(),
  );
}

/** What was ever seen: a sale or a test purchase that Meta took, both copies of a sale, the day of the first order. */
export async function readMilestones({ prisma }: Database, storeId: bigint) {
  const [row] = await prisma.$queryRaw<
    { purchaseSeen: boolean; pairSeen: boolean; firstDay: string | null }[]
  >`
    WITH counted AS (
      SELECT day, metric, label, count FROM tally WHERE store_id = ${storeId}::bigint AND metric IN ('order', 'pairing')
      UNION ALL
      SELECT day, metric, label, count FROM tally_delta WHERE store_id = ${storeId}::bigint AND metric IN ('order', 'pairing'))
    SELECT coalesce(bool_or(metric = 'order' AND count > 0), false) OR EXISTS (
             SELECT FROM test_run WHERE store_id = ${storeId}::bigint AND steps @> '[{"step":"server","outcome":"ok"}]'::jsonb
           ) AS "purchaseSeen",
           coalesce(bool_or(metric = 'pairing' AND label LIKE '%:paired' AND count > 0), false) AS "pairSeen",
           to_char(min(day) FILTER (WHERE metric = 'order' AND count > 0), 'YYYY-MM-DD') AS "firstDay"
    FROM counted`;
  return row ?? { purchaseSeen: false, pairSeen: false, firstDay: null };
}

/** Deliveries that failed and are young enough to be sent again by hand; read through an index of what is not delivered. */
export async function countFailed({ prisma }: Database, storeId: bigint, now: number): Promise<number> {
  const [row] = await prisma.$queryRaw<{ failed: number }[]>`
    SELECT count(*)::int AS failed FROM delivery
    WHERE store_id = ${storeId}::bigint AND state = 'dead' AND expires_at > ${new Date(now)}::timestamptz`;
  return row?.failed ?? 0;
}

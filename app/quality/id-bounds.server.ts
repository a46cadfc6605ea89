import type { Database } from "../platform/database/database.server.ts";

/** More than any two processes are apart in handing out IDs. */
const ID_SLACK = 10_000n;

/**
 * Where a day begins among a store's conversions, as bounds of their IDs: those received from then on have no lower ID
 * than `from`, those received before no higher one than `to`. IDs are handed out nearly in the order of arrival, so the
 * place is found by halving, some thirty rows read, however many there are.
 *
 * @param day YYYY-MM-DD, in the time zone
 */
export async function idBounds(
  { prisma }: Database,
  storeId: bigint,
  { day, timeZone }: { readonly day: string; readonly timeZone: string },
): Promise<{ readonly from: bigint; readonly to: bigint }> {
  const [row] = await prisma.$queryRaw<{ id: bigint }[]>`
    WITH RECURSIVE halving AS (
      SELECT (SELECT c.id FROM conversion c WHERE c.store_id = ${storeId}::bigint ORDER BY c.id LIMIT 1) AS low,
             (SELECT c.id FROM conversion c WHERE c.store_id = ${storeId}::bigint ORDER BY c.id DESC LIMIT 1) + 1 AS high
      UNION ALL
      SELECT CASE WHEN middle.is_later THEN halving.low ELSE middle.id + 1 END,
             CASE WHEN middle.is_later THEN halving.low + (halving.high - halving.low) / 2 ELSE halving.high END
      FROM halving
      CROSS JOIN LATERAL (
        SELECT c.id, c.received_at >= (${day}::date::timestamp AT TIME ZONE ${timeZone}::text) AS is_later FROM conversion c
        WHERE c.store_id = ${storeId}::bigint AND c.id >= halving.low + (halving.high - halving.low) / 2
        ORDER BY c.id LIMIT 1) middle
      WHERE halving.low < halving.high
    )
    SELECT halving.low AS id FROM halving WHERE halving.low >= halving.high LIMIT 1`;
  const place = row?.id ?? 0n;
  return { from: place - ID_SLACK, to: place + ID_SLACK };
}

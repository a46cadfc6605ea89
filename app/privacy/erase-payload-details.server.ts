import type { Database } from "../platform/database.server.ts";

/** Rows walked in one statement. */
const STEP = 500;
const DAY_MS = 86_400_000;

/**
 * After the store's retention an order is a line in the books: what was sent, hashed or not, goes; identity of the
 * order, state and counts stay. A delivery that is still open by then is too old for Meta, so it is closed as such,
 * except where a worker holds it in this moment: then the row waits for the next run.
 *
 * @returns how many conversions lost their details
 */
export async function erasePayloadDetails(
  database: Database,
  input: { readonly now: number; readonly signal: AbortSignal },
): Promise<number> {
  const now = new Date(input.now);
  const stores = await database.prisma.$queryRaw<{ id: bigint; retentionDays: number }[]>`
    SELECT s.id, s.retention_days AS "retentionDays" FROM store s CROSS JOIN LATERAL (
      SELECT c.received_at FROM conversion c WHERE c.store_id = s.id AND c.id > s.erased_through ORDER BY c.id LIMIT 1
    ) AS oldest
    WHERE oldest.received_at < ${now}::timestamptz - s.retention_days * interval '1 day'`;
  let erased = 0;
  for (const store of stores) {
    const before = new Date(input.now - store.retentionDays * DAY_MS);
    for (let step = STEP; step === STEP && !input.signal.aborted; erased += step)
      step = await eraseStep(database, store.id, before, now);
  }
  return erased;
}

async function eraseStep({ prisma }: Database, storeId: bigint, before: Date, now: Date): Promise<number> {
  const [row] = await prisma.$queryRaw<{ erased: bigint }[]>`
    WITH batch AS (
      SELECT c.id, c.received_at < ${before}::timestamptz AND NOT EXISTS (
               SELECT 1 FROM delivery d
               WHERE d.conversion_id = c.id AND d.state = 'leased' AND d.lease_until > ${now}::timestamptz) AS ripe
      FROM conversion c
      WHERE c.store_id = ${storeId}::bigint
        AND c.id > (SELECT erased_through FROM store WHERE id = ${storeId}::bigint)
      ORDER BY c.id LIMIT ${STEP}::int
    ), old AS MATERIALIZED (
      SELECT id FROM batch
      WHERE id < coalesce((SELECT min(id) FROM batch WHERE NOT ripe), 9223372036854775807)
    ), conversions AS (
      UPDATE conversion SET document = NULL, client_ip = NULL, client_user_agent = NULL
      WHERE id IN (SELECT id FROM old)
        AND (document IS NOT NULL OR client_ip IS NOT NULL OR client_user_agent IS NOT NULL)
    ), reports AS (
      UPDATE browser_report SET document = NULL, copy = NULL, client_ip = NULL, client_user_agent = NULL
      WHERE conversion_id IN (SELECT id FROM old)
    ), deliveries AS (
      UPDATE delivery
      SET sent_payload = NULL, last_message = NULL, lease_token = NULL, lease_until = NULL,
          skip_reason = CASE WHEN state IN ('waiting', 'due', 'leased', 'retrying', 'held') THEN 'too_old' ELSE skip_reason END,
          settled_at = CASE WHEN state IN ('waiting', 'due', 'leased', 'retrying', 'held') THEN ${now}::timestamptz ELSE settled_at END,
          state = CASE WHEN state IN ('waiting', 'due', 'leased', 'retrying', 'held') THEN 'skipped' ELSE state END
      WHERE conversion_id IN (SELECT id FROM old)
        AND (sent_payload IS NOT NULL OR last_message IS NOT NULL
             OR state IN ('waiting', 'due', 'leased', 'retrying', 'held'))
    ), moved AS (
      UPDATE store SET erased_through = (SELECT max(id) FROM old)
      WHERE id = ${storeId}::bigint AND EXISTS (SELECT 1 FROM old)
    )
    SELECT count(*) AS erased FROM old`;
  return Number(row?.erased ?? 0);
}

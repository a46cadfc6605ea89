import { Prisma } from "@prisma/client";

import type { Database } from "../platform/database/database.server.ts";

/** Rows walked in one statement. */
const STEP = 500;
const DAY_MS = 86_400_000;

/**
 * After the store's retention an order is a line in the books: what was sent, hashed or not, goes; identity of the
 * order, state and counts stay. A delivery that is still open is closed as too old for Meta, with two exceptions:
 *
 * - A worker holds it in this moment: the row waits for the next run.
 * - Meta still takes it (point-of-sale orders, up to 62 days): the row is kept by name (`retention_kept`) and looked at
 *   again in each run, so that it holds up no other row's erasure.
 *
 * @returns how many conversions lost their details
 */
export async function erasePayloadDetails(
  database: Database,
  input: { readonly now: number; readonly signal: AbortSignal },
): Promise<number> {
  const now = new Date(input.now);
  let erased = 0;
  for (let step = STEP; step === STEP && !input.signal.aborted; erased += step)
    step = await eraseKept(database, now);
  const stores = await database.prisma.$queryRaw<{ id: bigint; retentionDays: number }[]>`
    SELECT s.id, s.retention_days AS "retentionDays" FROM store s CROSS JOIN LATERAL (
      SELECT c.received_at FROM conversion c WHERE c.store_id = s.id AND c.id > s.erased_through ORDER BY c.id LIMIT 1
    ) AS oldest
    WHERE oldest.received_at < ${now}::timestamptz - s.retention_days * interval '1 day'`;
  for (const store of stores) {
    const before = new Date(input.now - store.retentionDays * DAY_MS);
    for (let walked = STEP; walked === STEP && !input.signal.aborted;) {
      const step = await eraseStep(database, store.id, before, now);
      walked = step.walked;
      erased += step.erased;
    }
  }
  return erased;
}

/** A delivery that a worker may be sending in this moment. */
function inHand(now: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM delivery d
    WHERE d.conversion_id = c.id AND d.state = 'leased' AND d.lease_until > ${now}::timestamptz)`;
}

/** A delivery that has not gone yet and that Meta would still take. */
function stillOpen(now: Date): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM delivery d
    WHERE d.conversion_id = c.id AND d.state IN ('waiting', 'due', 'leased', 'retrying', 'held')
      AND d.expires_at > ${now}::timestamptz)`;
}

/**
 * Erases the conversions that the common table expression `old` names. As an array, so that each is looked up whatever the
 * planner expects of a table that it has never counted.
 */
function erasures(now: Date): Prisma.Sql {
  return Prisma.sql`conversions AS (
      UPDATE conversion SET document = NULL, client_ip = NULL, client_user_agent = NULL
      WHERE id = ANY(ARRAY(SELECT id FROM old))
        AND (document IS NOT NULL OR client_ip IS NOT NULL OR client_user_agent IS NOT NULL)
    ), reports AS (
      UPDATE browser_report SET document = NULL, copy = NULL, client_ip = NULL, client_user_agent = NULL
      WHERE conversion_id = ANY(ARRAY(SELECT id FROM old))
    ), deliveries AS (
      UPDATE delivery
      SET sent_payload = NULL, last_message = NULL, lease_token = NULL, lease_until = NULL,
          skip_reason = CASE WHEN state IN ('waiting', 'due', 'leased', 'retrying', 'held') THEN 'too_old' ELSE skip_reason END,
          settled_at = CASE WHEN state IN ('waiting', 'due', 'leased', 'retrying', 'held') THEN ${now}::timestamptz ELSE settled_at END,
          state = CASE WHEN state IN ('waiting', 'due', 'leased', 'retrying', 'held') THEN 'skipped' ELSE state END
      WHERE conversion_id = ANY(ARRAY(SELECT id FROM old))
        AND (sent_payload IS NOT NULL OR last_message IS NOT NULL
             OR state IN ('waiting', 'due', 'leased', 'retrying', 'held'))
    )`;
}

async function eraseStep(
  { prisma }: Database,
  storeId: bigint,
  before: Date,
  now: Date,
): Promise<{ readonly walked: number; readonly erased: number }> {
  const [row] = await prisma.$queryRaw<{ walked: bigint; erased: bigint }[]>`
    WITH batch AS MATERIALIZED (
      SELECT c.id, c.received_at < ${before}::timestamptz AND NOT ${inHand(now)} AS ready, ${stillOpen(now)} AS open
      FROM conversion c
      WHERE c.store_id = ${storeId}::bigint
        AND c.id > (SELECT erased_through FROM store WHERE id = ${storeId}::bigint)
      ORDER BY c.id LIMIT ${STEP}::int
    ), walked AS MATERIALIZED (
      SELECT id, open FROM batch
      WHERE id < coalesce((SELECT min(id) FROM batch WHERE NOT ready), 9223372036854775807)
    ), old AS MATERIALIZED (
      SELECT id FROM walked WHERE NOT open
    ), ${erasures(now)}, kept AS (
      INSERT INTO retention_kept (conversion_id) SELECT id FROM walked WHERE open ON CONFLICT DO NOTHING
    ), moved AS (
      UPDATE store SET erased_through = (SELECT max(id) FROM walked)
      WHERE id = ${storeId}::bigint AND EXISTS (SELECT 1 FROM walked)
    )
    SELECT (SELECT count(*) FROM walked) AS walked, (SELECT count(*) FROM old) AS erased`;
  return { walked: Number(row?.walked ?? 0), erased: Number(row?.erased ?? 0) };
}

/** Those that were kept and have nothing open any more. */
async function eraseKept({ prisma }: Database, now: Date): Promise<number> {
  const [row] = await prisma.$queryRaw<{ erased: bigint }[]>`
    WITH old AS MATERIALIZED (
      SELECT c.id FROM retention_kept k JOIN conversion c ON c.id = k.conversion_id
      WHERE NOT ${inHand(now)} AND NOT ${stillOpen(now)}
      ORDER BY c.id LIMIT ${STEP}::int
    ), ${erasures(now)}, done AS (
      DELETE FROM retention_kept WHERE conversion_id = ANY(ARRAY(SELECT id FROM old))
    )
    SELECT count(*) AS erased FROM old`;
  return Number(row?.erased ?? 0);
}

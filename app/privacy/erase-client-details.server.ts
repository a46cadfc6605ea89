import type { Database } from "../platform/database/database.server.ts";

/** Rows walked in one statement. */
const STEP = 500;
const HOUR_MS = 3_600_000;

/**
 * IP address and user agent of the buyer go when the last delivery of a conversion is delivered or skipped; the settling
 * itself does that. A dead delivery keeps them while Meta would still take it, because a person may send it again. These
 * passes are the net below it: an hour after intake for what was settled otherwise (skipped, redacted, withdrawn), and
 * after eight days for everything, because Meta takes no web event older than seven.
 */
const PASSES = [
  { name: "client_details_settled", olderThanMs: HOUR_MS, unlessUnsettled: true },
  { name: "client_details_all", olderThanMs: 8 * 24 * HOUR_MS, unlessUnsettled: false },
] as const;

/** @returns how many conversions lost their client details; what the signal cuts, the next run goes on with */
export async function eraseClientDetails(
  database: Database,
  input: { readonly now: number; readonly signal: AbortSignal },
): Promise<number> {
  let erased = 0;
  for (const pass of PASSES) {
    const before = new Date(input.now - pass.olderThanMs);
    for (let walked = STEP; walked === STEP && !input.signal.aborted;) {
      const step = await eraseStep(database, pass.name, before, pass.unlessUnsettled);
      walked = step.walked;
      erased += step.erased;
    }
  }
  return erased;
}

/**
 * The next conversions by ID after the pass's mark, up to the first that is too young; the mark moves with them, in the
 * same statement.
 */
async function eraseStep(
  { prisma }: Database,
  name: string,
  before: Date,
  unlessUnsettled: boolean,
): Promise<{ readonly walked: number; readonly erased: number }> {
  const [row] = await prisma.$queryRaw<{ walked: bigint; erased: bigint }[]>`
    WITH batch AS (
      SELECT id, received_at FROM conversion
      WHERE id > coalesce((SELECT through_id FROM retention_mark WHERE name = ${name}), 0)
      ORDER BY id LIMIT ${STEP}::int
    ), old AS MATERIALIZED (
      SELECT id FROM batch
      WHERE id < coalesce((SELECT min(id) FROM batch WHERE received_at >= ${before}::timestamptz), ${MAX_ID}::bigint)
    ), settled AS MATERIALIZED (
      SELECT id FROM old
      WHERE NOT ${unlessUnsettled}::boolean OR NOT EXISTS (
        SELECT 1 FROM delivery d WHERE d.conversion_id = old.id
          AND d.state NOT IN ('delivered', 'skipped'))
    ), conversions AS (
      UPDATE conversion SET client_ip = NULL, client_user_agent = NULL
      WHERE id = ANY(ARRAY(SELECT id FROM settled)) AND (client_ip IS NOT NULL OR client_user_agent IS NOT NULL)
      RETURNING id
    ), reports AS (
      UPDATE browser_report SET client_ip = NULL, client_user_agent = NULL
      WHERE conversion_id = ANY(ARRAY(SELECT id FROM settled)) AND (client_ip IS NOT NULL OR client_user_agent IS NOT NULL)
      RETURNING conversion_id AS id
    ), moved AS (
      INSERT INTO retention_mark (name, through_id) SELECT ${name}, max(id) FROM old HAVING count(*) > 0
      ON CONFLICT (name) DO UPDATE SET through_id = excluded.through_id
    )
    SELECT (SELECT count(*) FROM old) AS walked,
           (SELECT count(*) FROM (SELECT id FROM conversions UNION SELECT id FROM reports) AS touched) AS erased`;
  return { walked: Number(row?.walked ?? 0), erased: Number(row?.erased ?? 0) };
}

const MAX_ID = "9223372036854775807";

import type { Database } from "../platform/database/database.server.ts";
import { SEEN_DAYS, SEEN_METRICS } from "../conversions/order/seen-traits.ts";

/** Rows deleted in one statement. */
const STEP = 1_000;
const DAY_MS = 86_400_000;

/** A report that no order joined within Meta's seven days never will matter. */
const UNMATCHED_REPORT_DAYS = 7;
/** Where nobody has confirmed that there is such an order: as long as Shopify goes on sending a webhook (docs/decisions/0712). */
const UNKNOWN_REPORT_DAYS = 2;
/** Long enough to compare a month with the same month of last year; then the row itself goes, its counts stay. */
const ROW_DAYS = 400;
/** A theme that has said nothing for this long is not in use any more. */
const HEARTBEAT_DAYS = 90;
/** The page lists a month of what was sent. */
const ALERT_DAYS = 90;
/** Of `retention_mark`: the day, in days since 1970, up to which they are gone. */
const TRAIT_COUNTS = "trait_counts";
const EARLIEST = new Date(0);

export interface DeletedRows {
  readonly reports: number;
  readonly attempts: number;
  readonly conversions: number;
  readonly testRuns: number;
  readonly heartbeats: number;
  readonly exports: number;
  readonly redactedOrders: number;
  readonly changes: number;
}

/** Deletes what has had its time, each table by an index and in small steps. */
export async function deleteOldRows(
  { prisma }: Database,
  input: { readonly now: number; readonly signal: AbortSignal },
): Promise<DeletedRows> {
  const { signal } = input;
  const ago = (days: number) => new Date(input.now - days * DAY_MS);
  const inSteps = async (deleteSome: () => Promise<number>): Promise<number> => {
    let total = 0;
    for (let step = STEP; step === STEP && !signal.aborted; total += step) step = await deleteSome();
    return total;
  };
  const reports = await inSteps(
    () => prisma.$executeRaw`
      DELETE FROM browser_report WHERE id IN (
        SELECT id FROM browser_report
        WHERE conversion_id IS NULL AND received_at < ${ago(UNKNOWN_REPORT_DAYS)}::timestamptz
          AND (answer IS NULL OR received_at < ${ago(UNMATCHED_REPORT_DAYS)}::timestamptz)
        ORDER BY received_at LIMIT ${STEP}::int)`,
  );
  let attempts = 0;
  const now = new Date(input.now);
  // Of the stores only those that have something to lose, each by its own retention.
  const stores = await prisma.$queryRaw<{ id: bigint; retentionDays: number }[]>`
    SELECT s.id, s.retention_days AS "retentionDays" FROM store s CROSS JOIN LATERAL (
      SELECT a.started_at FROM attempt a WHERE a.store_id = s.id ORDER BY a.started_at LIMIT 1
    ) AS oldest
    WHERE oldest.started_at < ${now}::timestamptz - s.retention_days * interval '1 day'`;
  for (const store of stores) {
    attempts += await inSteps(
      () => prisma.$executeRaw`
        DELETE FROM attempt WHERE id = ANY(ARRAY(
          SELECT id FROM attempt
          WHERE store_id = ${store.id}::bigint AND started_at < ${ago(store.retentionDays)}::timestamptz
          ORDER BY started_at LIMIT ${STEP}::int))`,
    );
    if (signal.aborted) break;
  }
  await deleteOldTraitCounts(prisma, input.now);
  const conversions = await inSteps(
    () => prisma.$executeRaw`
      WITH old AS (
        -- The oldest have the lowest IDs: nothing else is looked at.
        SELECT id FROM (SELECT id, received_at FROM conversion ORDER BY id LIMIT ${STEP}::int) oldest
        WHERE received_at < ${ago(ROW_DAYS)}::timestamptz
      ), reports AS (DELETE FROM browser_report WHERE conversion_id = ANY(ARRAY(SELECT id FROM old)))
      DELETE FROM conversion WHERE id = ANY(ARRAY(SELECT id FROM old))`,
  );
  const testRuns = await prisma.$executeRaw`
    DELETE FROM test_run t USING store s
    WHERE s.id = t.store_id AND t.started_at < ${new Date(input.now)}::timestamptz - s.retention_days * interval '1 day'`;
  const { count: heartbeats } = await prisma.heartbeat.deleteMany({
    where: { lastSeenAt: { lt: ago(HEARTBEAT_DAYS) } },
  });
  await prisma.sighting.deleteMany({ where: { lastSeenAt: { lt: ago(HEARTBEAT_DAYS) } } });
  const exports = await prisma.$executeRaw`
    UPDATE compliance_request SET sealed_export = NULL, progress = NULL
    WHERE sealed_export IS NOT NULL AND export_expires_at < ${new Date(input.now)}::timestamptz`;
  const { count: redactedOrders } = await prisma.redactedOrder.deleteMany({
    where: { redactedAt: { lt: ago(ROW_DAYS) } },
  });
  const { count: changes } = await prisma.storeChange.deleteMany({ where: { at: { lt: ago(ROW_DAYS) } } });
  await prisma.findingChange.deleteMany({ where: { at: { lt: ago(ROW_DAYS) } } });
  await prisma.alertMessage.deleteMany({ where: { createdAt: { lt: ago(ALERT_DAYS) } } });
  return { reports, attempts, conversions, testRuns, heartbeats, exports, redactedOrders, changes };
}

/**
 * Counts of what orders carried, of the days that no page shows any more. Only the days since the last run: the other
 * counts of older days stay for ever and would all be read each time. None comes later for an older day, because an order
 * paid that long ago is not counted (app/intake/write-conversions.server.ts).
 */
async function deleteOldTraitCounts(prisma: Database["prisma"], now: number): Promise<void> {
  // A day more than shown: in a time zone behind UTC the day is not over.
  const until = Math.floor(now / DAY_MS) - SEEN_DAYS - 1;
  const mark = await prisma.retentionMark.findUnique({ where: { name: TRAIT_COUNTS } });
  const from = mark === null ? undefined : Number(mark.throughId);
  if (from !== undefined && from >= until) return;
  const dayOf = (days: number) => new Date(days * DAY_MS);
  await prisma.$executeRaw`
    DELETE FROM tally t USING store s
    WHERE t.store_id = s.id AND t.dataset_id = 0 AND t.metric = ANY(${SEEN_METRICS}::text[])
      AND t.day >= ${from === undefined ? EARLIEST : dayOf(from)}::date AND t.day < ${dayOf(until)}::date`;
  await prisma.retentionMark.upsert({
    where: { name: TRAIT_COUNTS },
    create: { name: TRAIT_COUNTS, throughId: until },
    update: { throughId: until },
  });
}

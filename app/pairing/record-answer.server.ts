import type { Database } from "../platform/database/database.server.ts";
import type { Asker, FireCopy, Refusal } from "./decide-answer.ts";

/**
 * Gives one browser the right to fire this order's copy. The conversion's row is the arbiter: of any number of tabs,
 * pages and processes that ask at the same moment, one gets true. The right passes on only where its holder said that
 * nothing left its browser.
 */
export async function grantFire(
  { direct }: Database,
  conversionId: bigint,
  asker: Asker,
  copy: FireCopy,
  now: number,
): Promise<boolean> {
  const granted = await direct.$queryRaw<{ id: bigint }[]>`
    WITH grant_ AS (
      UPDATE conversion c SET fire_report_id = ${asker.reportId}::bigint
      WHERE c.id = ${conversionId}::bigint AND c.document IS NOT NULL AND (c.fire_report_id IS NULL OR EXISTS (
        SELECT 1 FROM browser_report f WHERE f.id = c.fire_report_id AND f.outcome IN ('blocked', 'failed')))
      RETURNING c.id
    )
    UPDATE browser_report SET answer = 'fire', copy = ${JSON.stringify(copy)}::jsonb, answered_at = ${new Date(now)}::timestamptz,
           granted_to = ${asker.shopifyEventId ?? null}::text, outcome = NULL, outcome_at = NULL, outcomes = NULL
    WHERE id = ${asker.reportId}::bigint AND EXISTS (SELECT 1 FROM grant_)
    RETURNING id`;
  return granted.length > 0;
}

/** Keeps why this browser was told not to fire; a permission to fire that it had before stays on record. */
export async function recordRefusal(
  { direct }: Database,
  reportId: bigint,
  reason: Refusal,
  now: number,
): Promise<void> {
  await direct.$executeRaw`
    UPDATE browser_report SET answer = ${reason}, answered_at = ${new Date(now)}::timestamptz
    WHERE id = ${reportId}::bigint AND answer IS DISTINCT FROM 'fire' AND answer IS DISTINCT FROM ${reason}`;
}

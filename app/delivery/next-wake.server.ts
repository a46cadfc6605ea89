import type { Database } from "../platform/database/database.server.ts";

/**
 * When there will be something to do again, unix milliseconds; null = nothing is queued. Walks the lanes as a claim
 * does. A lane that stands still (held, throttled, resting) counts from when it will be tried again.
 */
export async function nextWake(
  database: Database,
  busy: readonly bigint[],
  now: number,
): Promise<number | null> {
  const [row] = await database.direct.$queryRaw<{ at: Date | null }[]>`
    WITH RECURSIVE lane AS (
      (SELECT d.dataset_id, d.due_at FROM delivery d WHERE d.state IN ('waiting', 'due', 'retrying', 'held')
       ORDER BY d.dataset_id, d.due_at LIMIT 1)
      UNION ALL
      SELECT next.dataset_id, next.due_at FROM lane
      CROSS JOIN LATERAL (
        SELECT d.dataset_id, d.due_at FROM delivery d
        WHERE d.state IN ('waiting', 'due', 'retrying', 'held') AND d.dataset_id > lane.dataset_id
        ORDER BY d.dataset_id, d.due_at LIMIT 1) next
    )
    SELECT min(greatest(lane.due_at, ds.throttled_until, ds.rests_until, ds.probe_at)) AS at
    FROM lane JOIN dataset ds ON ds.id = lane.dataset_id
    WHERE ds.state <> 'paused' AND NOT ds.id = ANY(${busy.map(String)}::bigint[])`;
  return row?.at ? Math.max(row.at.getTime(), now) : null;
}

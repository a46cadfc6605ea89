import type { Database } from "../platform/database/database.server.ts";

/** What is on its way to Meta. */
export interface Backlog {
  /** Deliveries that are not settled, counted up to MOST_COUNTED. */
  readonly queued: number;
  /** Seconds since the oldest delivery that could go became due; 0 where none waits. Held and paused datasets do not count. */
  readonly oldestSeconds: number;
}

/** Whoever asks for more than this learns nothing by a finer number, and the count stays cheap. */
const MOST_COUNTED = 100_000;

/** One look into the index a dataset, so that it costs the same for a thousand queued orders and for a million. */
export async function readBacklog(database: Database, now: number): Promise<Backlog> {
  const [row] = await database.direct.$queryRaw<{ queued: number; oldest: Date | null }[]>`
    SELECT
      (SELECT count(*)::int FROM (
        SELECT FROM delivery WHERE state IN ('waiting', 'due', 'retrying', 'held') LIMIT ${MOST_COUNTED}::int) counted
      ) AS queued,
      (SELECT min(first.due_at) FROM dataset ds
       CROSS JOIN LATERAL (
         SELECT d.due_at FROM delivery d
         WHERE d.dataset_id = ds.id AND d.state IN ('waiting', 'due', 'retrying', 'held')
         ORDER BY d.due_at LIMIT 1) first
       WHERE ds.state = 'active' AND ds.held_at IS NULL) AS oldest`;
  const since = row?.oldest ? Math.max(0, now - row.oldest.getTime()) : 0;
  return { queued: row?.queued ?? 0, oldestSeconds: Math.round(since / 1000) };
}

import type { Database } from "../platform/database/database.server.ts";
import { RETRY_WAITS } from "./retry-schedule.ts";

/**
 * Keeps a lease while its deliveries take longer than one request (a batch that is being split).
 * @returns the deliveries that are still ours; the others have been taken away meanwhile
 */
export async function renewLease(
  database: Database,
  ids: readonly bigint[],
  leaseToken: string,
  leaseMs: number,
): Promise<ReadonlySet<bigint>> {
  const rows = await database.prisma.$queryRaw<{ id: bigint }[]>`
    UPDATE delivery SET lease_until = now() + make_interval(secs => ${leaseMs / 1000}::float8)
    WHERE id = ANY(${ids.map(String)}::bigint[]) AND state = 'leased' AND lease_token = ${leaseToken}
    RETURNING id`;
  return new Set(rows.map((row) => row.id));
}

/** Gives back deliveries that were never sent: they are due again at once, as if they had not been taken. */
export async function releaseLease(
  database: Database,
  ids: readonly bigint[],
  leaseToken: string,
): Promise<number> {
  return database.prisma.$executeRaw`
    UPDATE delivery SET state = 'due', lease_token = NULL, lease_until = NULL
    WHERE id = ANY(${ids.map(String)}::bigint[]) AND state = 'leased' AND lease_token = ${leaseToken}`;
}

/** Leases that may run out so often before the schedule's waits apply: a killed process must not cost minutes. */
const FREE_EXPIRIES = 3;

/**
 * Frees the deliveries of workers that died. Whether they were sent nobody knows, so they count as perhaps sent and
 * failed; one that takes its worker down each time follows the retry schedule to its end.
 *
 * @param mine lease tokens of this process that are in use: a process never takes its own work from itself
 * @param now unix milliseconds
 */
export async function reapLeases(
  database: Database,
  options: {
    readonly now: number;
    readonly leaseMs: number;
    readonly mine: readonly string[];
    /** Takes every lease that is not ours, run out or not. */
    readonly orphans?: boolean;
    readonly limit: number;
  },
): Promise<{ readonly freed: number; readonly dead: number }> {
  const now = new Date(options.now);
  const waits = RETRY_WAITS.map((wait, index) => (index < FREE_EXPIRIES ? 0 : wait / 1000));
  const rows = await database.prisma.$queryRaw<{ state: string }[]>`
    WITH lost AS (
      SELECT id FROM delivery
      WHERE state = 'leased' AND (lease_until < now() OR ${options.orphans ?? false}::boolean) AND NOT lease_token = ANY(${[...options.mine]}::text[])
      ORDER BY lease_until LIMIT ${options.limit}::int FOR UPDATE SKIP LOCKED
    )
    UPDATE delivery d SET
      state = CASE WHEN d.failures + 1 > ${waits.length}::int THEN 'dead' ELSE 'retrying' END,
      due_at = CASE WHEN d.failures < ${FREE_EXPIRIES}::int THEN d.due_at
                    ELSE ${now}::timestamptz
                         + make_interval(secs => coalesce((${waits}::float8[])[d.failures + 1], 0)) END,
      failures = d.failures + 1, attempts = d.attempts + 1,
      first_sent_at = coalesce(d.first_sent_at, d.lease_until - make_interval(secs => ${options.leaseMs / 1000}::float8)),
      settled_at = CASE WHEN d.failures + 1 > ${waits.length}::int THEN ${now}::timestamptz END,
      last_class = 'unknown', last_code = NULL, last_subcode = NULL, last_status = NULL,
      last_message = 'The worker ended before it could note Meta''s answer', lease_token = NULL, lease_until = NULL
    FROM lost WHERE d.id = lost.id
    RETURNING d.state`;
  const dead = rows.filter((row) => row.state === "dead").length;
  return { freed: rows.length - dead, dead };
}

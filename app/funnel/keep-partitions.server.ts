import type { Database } from "../platform/database/database.server.ts";

/** Days of events that are kept; Meta takes none that is older. */
export const FUNNEL_DAYS = 7;
/** Two days ahead: a job that fails for a day is noticed before anything depends on it. */
const DAYS_AHEAD = 2;

/**
 * Sees to it that `funnel_event` has a partition for each day (UTC) that an event can have, and none from before. Harmless
 * at any time, in any number of processes.
 *
 * @param now Unix milliseconds
 * @returns partitions that were made or dropped
 */
export async function keepPartitions(database: Database, now: number): Promise<number> {
  const today = utcDay(now);
  const [row] = await database.prisma.$queryRaw<{ changed: number | null }[]>`
    SELECT keep_funnel_partitions(${today}::text::date, ${FUNNEL_DAYS + 1}::int, ${DAYS_AHEAD}::int) AS changed`;
  return row?.changed ?? 0;
}

/** The day in UTC as `YYYY-MM-DD`: the partition of an event with this time. @param at Unix milliseconds */
export function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

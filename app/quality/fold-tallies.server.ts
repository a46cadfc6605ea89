import type { Database } from "../platform/database/database.server.ts";

/** Deltas folded by one statement: some tens of milliseconds of work, so that a stop or a lost lease never waits. */
const STEP = 5_000;

/**
 * Adds what the triggers appended (`tally_delta`) to the counts (`tally`), oldest first, in small steps. Each step moves
 * its rows in one statement: cut off anywhere, nothing is counted twice and nothing is lost. Runs side by side do not
 * disturb each other, they only divide the work.
 *
 * @returns how many deltas were folded
 */
export async function foldTallies(
  database: Database,
  signal?: AbortSignal,
): Promise<{ readonly folded: number }> {
  let folded = 0;
  for (;;) {
    if (signal?.aborted) return { folded };
    const [step] = await database.prisma.$queryRaw<{ taken: number }[]>`
      WITH taken AS (
        DELETE FROM tally_delta WHERE id IN (
          SELECT id FROM tally_delta ORDER BY id LIMIT ${STEP}::int FOR UPDATE SKIP LOCKED)
        RETURNING store_id, dataset_id, day, metric, label, currency, count, amount
      ), folded AS (
        INSERT INTO tally AS t (store_id, dataset_id, day, metric, label, currency, count, amount)
        SELECT store_id, dataset_id, day, metric, label, currency, sum(count), sum(amount) FROM taken
        GROUP BY store_id, dataset_id, day, metric, label, currency ORDER BY 1, 2, 3, 4, 5, 6
        ON CONFLICT (store_id, dataset_id, day, metric, label, currency)
          DO UPDATE SET count = t.count + excluded.count, amount = t.amount + excluded.amount
        RETURNING 1
      )
      SELECT count(*)::int AS taken FROM taken WHERE (SELECT count(*) FROM folded) >= 0`;
    const taken = step?.taken ?? 0;
    folded += taken;
    if (taken < STEP) return { folded };
  }
}

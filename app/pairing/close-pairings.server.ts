import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import { BROWSER_SILENCE_MS, settlePairing } from "./settle-pairing.server.ts";

const BATCH = 500;

/**
 * Closes the pairings of conversions whose browser has been silent for an hour. Conversions whose server copy is still on
 * its way stay open; they are settled when it arrives or ends.
 * @returns how many were looked at and how many changed
 */
export async function closePairings(
  deps: {
    readonly database: Database;
    readonly clock: Clock;
    readonly metrics?: Pick<Metrics, "pairings">;
  },
  signal: AbortSignal,
): Promise<{ readonly seen: number; readonly changed: number }> {
  const before = new Date(deps.clock() - BROWSER_SILENCE_MS);
  let [seen, changed] = [0, 0];
  let after = { receivedAt: new Date(0), id: 0n };
  while (!signal.aborted) {
    const rows = await deps.database.prisma.$queryRaw<{ id: bigint; receivedAt: Date }[]>`
      SELECT id, received_at AS "receivedAt" FROM conversion
      WHERE pairing = 'pending' AND paired_at IS NULL AND received_at < ${before}::timestamptz
        AND (received_at, id) > (${after.receivedAt}::timestamptz, ${after.id}::bigint)
      ORDER BY received_at, id LIMIT ${BATCH}::int`;
    const last = rows.at(-1);
    if (!last) break;
    seen += rows.length;
    changed += await settlePairing(
      deps.database,
      rows.map((row) => row.id),
      deps.clock(),
      deps.metrics,
    );
    after = last;
  }
  return { seen, changed };
}

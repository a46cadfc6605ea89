import type { Database } from "../../platform/database/database.server.ts";
import { DELIVERIES_DUE_CHANNEL } from "../../platform/database/wake-channels.ts";

/**
 * Releases a held dataset and wakes the workers: its deliveries drain, those in danger of expiry first, then the oldest.
 * Called by a probe that worked, and by whoever saves a new token.
 */
export async function releaseDataset(database: Database, datasetId: bigint): Promise<boolean> {
  const released = await database.prisma.$executeRaw`
    UPDATE dataset SET held_class = NULL, held_code = NULL, held_message = NULL, held_at = NULL, probe_at = NULL,
                       probe_attempts = 0
    WHERE id = ${datasetId}::bigint AND held_at IS NOT NULL`;
  if (released > 0) await database.notify(DELIVERIES_DUE_CHANNEL, "");
  return released > 0;
}

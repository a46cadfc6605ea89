import { DELIVERIES_DUE_CHANNEL } from "../platform/database/wake-channels.ts";
import type { Database } from "../platform/database/database.server.ts";

/** A store's dataset, by our row ID: one store never reaches another's. */
export interface DatasetOfStore {
  readonly storeId: bigint;
  readonly datasetId: bigint;
}

/**
 * Stops sending for one dataset; its deliveries are kept, in their order, until they are too old for Meta. A request
 * that is under way is finished.
 * @returns false when there is no such active dataset
 */
export async function pauseDataset(database: Database, which: DatasetOfStore): Promise<boolean> {
  const changed = await database.prisma.$executeRaw`
    UPDATE dataset SET state = 'paused'
    WHERE id = ${which.datasetId}::bigint AND store_id = ${which.storeId}::bigint AND state = 'active'`;
  return changed > 0;
}

/** Sends again what was kept, in danger of expiry first, then the oldest. */
export async function resumeDataset(database: Database, which: DatasetOfStore): Promise<boolean> {
  const changed = await database.prisma.$executeRaw`
    UPDATE dataset SET state = 'active'
    WHERE id = ${which.datasetId}::bigint AND store_id = ${which.storeId}::bigint AND state = 'paused'`;
  if (changed > 0) await database.notify(DELIVERIES_DUE_CHANNEL, "");
  return changed > 0;
}

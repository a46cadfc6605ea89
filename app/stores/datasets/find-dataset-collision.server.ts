import type { Database } from "../../platform/database/database.server.ts";

/**
 * The store's connected datasets, by Meta's ID, to which another store sends too, both with order numbers as event IDs:
 * their orders #1001 would be one purchase to Meta. The order-ID rule in either store ends it. Tells that it is so and
 * never which store it is.
 */
export async function listDatasetCollisions(
  { prisma }: Database,
  storeId: bigint,
): Promise<readonly string[]> {
  const rows = await prisma.$queryRaw<{ datasetId: string }[]>`
    SELECT mine.dataset_id AS "datasetId" FROM dataset mine JOIN store own ON own.id = mine.store_id
    WHERE own.id = ${storeId}::bigint AND own.event_id_rule = 'order_number' AND mine.state <> 'disconnected' AND EXISTS (
      SELECT 1 FROM dataset d JOIN store other ON other.id = d.store_id
      WHERE d.dataset_id = mine.dataset_id AND d.store_id <> own.id AND d.state <> 'disconnected'
        AND other.state = 'installed' AND other.event_id_rule = 'order_number')
    ORDER BY mine.id`;
  return rows.map((row) => row.datasetId);
}

/** The same for one dataset. */
export async function findDatasetCollision(
  database: Database,
  storeId: bigint,
  metaDatasetId: string,
): Promise<boolean> {
  return (await listDatasetCollisions(database, storeId)).includes(metaDatasetId);
}

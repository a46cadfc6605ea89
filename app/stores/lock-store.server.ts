import type { Database } from "../platform/database/database.server.ts";

export type Transaction = Parameters<Parameters<Database["prisma"]["$transaction"]>[0]>[0];

/**
 * Does `work` while nobody else does any under this store's lock; a second one waits.
 *
 * The lock is a statement of its own: a statement sees what was there when it began, so one that took the lock and counted
 * at once would count without what came in while it waited.
 */
export function withStoreLocked<T>(
  { prisma }: Database,
  storeId: bigint,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  return prisma.$transaction(async (tx) => {
    await tx.$queryRaw<
      { id: bigint }[]
    >`SELECT id FROM store WHERE id = ${storeId}::bigint FOR NO KEY UPDATE`;
    return work(tx);
  });
}

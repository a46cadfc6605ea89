import type { Database } from "../platform/database.server.ts";

/**
 * Makes event IDs of order IDs from now on, which no other store has. Orders taken in before keep theirs. Raises the
 * settings' version, so that a settings page opened before does not switch it back unnoticed.
 */
export async function switchToOrderIdRule({ prisma }: Database, storeId: bigint): Promise<void> {
  await prisma.store.updateMany({
    where: { id: storeId, eventIdRule: { not: "order_id" } },
    data: { eventIdRule: "order_id", settingsVersion: { increment: 1 } },
  });
}

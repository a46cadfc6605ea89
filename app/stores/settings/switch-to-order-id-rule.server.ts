import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import { noteChange } from "./note-change.server.ts";

/**
 * Makes event IDs of order IDs from now on, which no other store has. Orders taken in before keep theirs. Raises the
 * settings' version, so that a settings page opened before does not switch it back unnoticed.
 */
export async function switchToOrderIdRule(
  deps: { readonly database: Database; readonly clock: Clock },
  storeId: bigint,
): Promise<void> {
  const { count } = await deps.database.prisma.store.updateMany({
    where: { id: storeId, eventIdRule: { not: "order_id" } },
    data: { eventIdRule: "order_id", settingsVersion: { increment: 1 } },
  });
  if (count > 0)
    await noteChange(deps, {
      storeId,
      kind: "settings_changed",
      by: "merchant",
      details: { settings: ["eventIdRule"] },
    });
}

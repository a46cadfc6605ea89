import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.server.ts";

/**
 * The merchant removed the app: every token of the store is destroyed at once and nothing more is sent. May be called
 * again, or for a store that was never known. An uninstall that is older than the present installation (topics arrive
 * out of order) changes nothing.
 */
export async function uninstallStore(
  deps: { readonly database: Database; readonly clock: Clock },
  input: { readonly shop: string; readonly triggeredAt?: Date },
): Promise<"uninstalled" | "unknown" | "outdated"> {
  const { prisma } = deps.database;
  const store = await prisma.store.findUnique({ where: { shop: input.shop } });
  if (!store) {
    await prisma.session.deleteMany({ where: { shop: input.shop } });
    return "unknown";
  }
  if (input.triggeredAt && input.triggeredAt < store.installedAt) return "outdated";
  const now = new Date(deps.clock());
  await prisma.$transaction([
    prisma.session.deleteMany({ where: { shop: input.shop } }),
    prisma.store.update({
      where: { id: store.id },
      data: {
        state: "uninstalled",
        uninstalledAt: store.uninstalledAt ?? now,
        webPixelId: null,
        webPixelState: null,
        metafieldState: null,
      },
    }),
    prisma.dataset.updateMany({
      where: { storeId: store.id },
      data: { sealedToken: null, tokenLastFour: null },
    }),
    prisma.delivery.updateMany({
      where: { storeId: store.id, state: { in: ["waiting", "due", "retrying", "held"] } },
      data: { state: "skipped", skipReason: "uninstalled", settledAt: now },
    }),
  ]);
  return "uninstalled";
}

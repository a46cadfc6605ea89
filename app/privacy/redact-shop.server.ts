import { deleteStoreEvents } from "../funnel/erase-funnel.server.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { CheckInstallation } from "../stores/shopify/check-installation.server.ts";
import { uninstallStore } from "../stores/shopify/uninstall-store.server.ts";

/** Rows deleted in one statement; what hangs on a row (deliveries, tries) goes with it. */
const STEP = 500;
/** Shopify sends `shop/redact` 48 hours after the uninstall. */
const AFTER_UNINSTALL_MS = 48 * 3_600_000;
const ASK_SHOPIFY_MS = 10_000;

export interface ShopRedaction {
  readonly conversions: number;
  readonly store: "deleted" | "kept" | "unknown";
}

/**
 * Deletes what is held of a shop. When the merchant has installed the app again meanwhile, the new installation keeps
 * what it has: then only what is older than it goes. The end of the old one, where nobody told us, is at the latest 48
 * hours before the request. Whether it is installed is Shopify's to say: the webhook of the uninstall may have been lost.
 *
 * In small steps; may be cut and begun again.
 * @returns undefined when the signal ended it early, or when Shopify did not say whether the app is installed
 */
export async function redactShop(
  deps: {
    readonly database: Database;
    readonly clock: Clock;
    readonly checkInstallation: CheckInstallation;
  },
  input: {
    readonly shop: string;
    /** Unix milliseconds */
    readonly requestedAt: number;
    readonly signal: AbortSignal;
  },
): Promise<ShopRedaction | undefined> {
  const { database } = deps;
  const { prisma } = database;
  let store = await prisma.store.findUnique({ where: { shop: input.shop } });
  if (store?.state === "installed") {
    const session = await prisma.session.findUnique({ where: { id: `offline_${input.shop}` } });
    const answer = await deps.checkInstallation(input.shop, ASK_SHOPIFY_MS);
    if (answer === "unknown") return undefined;
    if (answer === "gone") {
      const judged = {
        shop: input.shop,
        signedInAt: store.signedInAt,
        sealedToken: session?.accessToken,
      };
      await uninstallStore(deps, judged);
      store = await prisma.store.findUnique({ where: { shop: input.shop } });
    }
  }
  if (!store) {
    await prisma.session.deleteMany({ where: { shop: input.shop } });
    await emptyRequests(database, input.shop, null);
    return { conversions: 0, store: "unknown" };
  }
  const before =
    store.state === "installed"
      ? new Date(Math.max(store.installedAt.getTime(), input.requestedAt - AFTER_UNINSTALL_MS))
      : null;
  const inSteps = async (deleteSome: () => Promise<number>): Promise<number> => {
    let total = 0;
    for (let deleted = STEP; deleted === STEP && !input.signal.aborted; total += deleted)
      deleted = await deleteSome();
    return total;
  };
  const conversions = await inSteps(
    () => prisma.$executeRaw`
      DELETE FROM conversion WHERE id IN (
        SELECT id FROM conversion
        WHERE store_id = ${store.id}::bigint AND received_at < coalesce(${before}::timestamptz, 'infinity')
        ORDER BY id LIMIT ${STEP}::int)`,
  );
  await inSteps(
    () => prisma.$executeRaw`
      DELETE FROM browser_report WHERE id IN (
        SELECT id FROM browser_report
        WHERE store_id = ${store.id}::bigint AND received_at < coalesce(${before}::timestamptz, 'infinity')
        LIMIT ${STEP}::int)`,
  );
  await inSteps(
    () => prisma.$executeRaw`
      DELETE FROM attempt WHERE id IN (
        SELECT id FROM attempt
        WHERE store_id = ${store.id}::bigint AND started_at < coalesce(${before}::timestamptz, 'infinity')
        ORDER BY started_at LIMIT ${STEP}::int)`,
  );
  while (!input.signal.aborted && (await deleteStoreEvents(database, store.id, before)));
  if (input.signal.aborted) return undefined;
  if (before) await deleteOldInstallation(database, store.id, before);
  const deleted = before === null && (await deleteStore(database, store.id));
  await emptyRequests(database, input.shop, before);
  return { conversions, store: deleted ? "deleted" : "kept" };
}

/** What remains of an installation before `before` once its orders are gone. */
async function deleteOldInstallation({ prisma }: Database, storeId: bigint, before: Date): Promise<void> {
  const onDays = { where: { storeId, day: { lt: before } } };
  await prisma.tallyDelta.deleteMany(onDays);
  await prisma.tally.deleteMany(onDays);
  await prisma.scoreSnapshot.deleteMany(onDays);
  await prisma.testRun.deleteMany({ where: { storeId, startedAt: { lt: before } } });
  await prisma.heartbeat.deleteMany({ where: { storeId, lastSeenAt: { lt: before } } });
  await prisma.storeChange.deleteMany({ where: { storeId, at: { lt: before } } });
  await prisma.alertChannel.deleteMany({ where: { storeId, createdAt: { lt: before } } });
  await prisma.dataset.deleteMany({ where: { storeId, sealedToken: null, createdAt: { lt: before } } });
}

/** @returns false when the merchant came back in this very moment: then the next run decides anew */
async function deleteStore({ prisma }: Database, storeId: bigint): Promise<boolean> {
  const gone = await prisma.$queryRaw<{ id: bigint }[]>`
    WITH gone AS (
      DELETE FROM store WHERE id = ${storeId}::bigint AND state = 'uninstalled' RETURNING id, shop
    ), deltas AS (DELETE FROM tally_delta WHERE store_id IN (SELECT id FROM gone)
    ), tallies AS (DELETE FROM tally WHERE store_id IN (SELECT id FROM gone)
    ), sessions AS (DELETE FROM session WHERE shop IN (SELECT shop FROM gone))
    SELECT id FROM gone`;
  return gone.length > 0;
}

/** The requests themselves stay, as the proof that they were carried out; what they hold goes. */
async function emptyRequests({ prisma }: Database, shop: string, before: Date | null): Promise<void> {
  await prisma.$executeRaw`
    UPDATE compliance_request SET sealed_export = NULL, export_expires_at = NULL, progress = NULL
    WHERE shop = ${shop} AND sealed_export IS NOT NULL
      AND received_at < coalesce(${before}::timestamptz, 'infinity')`;
}

import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.server.ts";

/** Deliveries closed in one statement, and statements before Shopify is answered; the worker closes what is left. */
const STEP = 500;
const MOST_STEPS = 20;

export type UninstallOutcome =
  | "uninstalled"
  | "unknown"
  /** The merchant has come back already: what came late speaks of an installation that is over. */
  | "outdated";

/**
 * The merchant removed the app: every token of the store is destroyed at once and nothing more is sent. May be called
 * again, or for a store that was never known.
 *
 * Topics arrive late and out of order. Two signs say that this one is about an installation before the present one: the
 * store was installed after it, or a token was exchanged after it, which only an installed app can do. Then nothing is
 * destroyed; the present installation is dated after it, so that `shop/redact` knows what is older.
 */
export async function uninstallStore(
  deps: { readonly database: Database; readonly clock: Clock },
  input: { readonly shop: string; readonly triggeredAt?: Date },
): Promise<UninstallOutcome> {
  const { prisma } = deps.database;
  const now = new Date(deps.clock());
  const triggeredAt = input.triggeredAt ?? now;
  const store = await prisma.store.findUnique({ where: { shop: input.shop } });
  if (!store) {
    await prisma.session.deleteMany({ where: { shop: input.shop } });
    return "unknown";
  }
  if (store.state === "installed") {
    if (triggeredAt < store.installedAt) return "outdated";
    if (store.signedInAt && triggeredAt < store.signedInAt) {
      await prisma.store.update({ where: { id: store.id }, data: { installedAt: triggeredAt } });
      return "outdated";
    }
  }
  await prisma.$transaction([
    prisma.session.deleteMany({ where: { shop: input.shop } }),
    prisma.store.update({
      where: { id: store.id },
      data: {
        state: "uninstalled",
        uninstalledAt: store.uninstalledAt ?? now,
        webPixelId: null,
        webPixelState: null,
        webPixelProblem: null,
        metafieldState: null,
        metafieldProblem: null,
        testEventCode: null,
        testEventCodeExpiresAt: null,
      },
    }),
    prisma.dataset.updateMany({
      where: { storeId: store.id },
      data: { sealedToken: null, tokenLastFour: null, checkedAt: null, checkResult: null },
    }),
  ]);
  for (let step = 0; step < MOST_STEPS; step += 1)
    if ((await closeSomeDeliveries(deps.database, store.id, now)) < STEP) break;
  return "uninstalled";
}

/**
 * Closes what is still to be sent, and erases the buyers' addresses that were kept for it. What a worker holds in this
 * moment stays: it settles it, or its lease ends and the worker closes it.
 */
async function closeSomeDeliveries({ prisma }: Database, storeId: bigint, now: Date): Promise<number> {
  const [row] = await prisma.$queryRaw<{ closed: bigint }[]>`
    WITH taken AS MATERIALIZED (
      SELECT id, conversion_id FROM delivery
      WHERE store_id = ${storeId}::bigint AND state IN ('waiting', 'due', 'retrying', 'held')
      ORDER BY conversion_id LIMIT ${STEP}::int
    ), closed AS (
      UPDATE delivery SET state = 'skipped', skip_reason = 'uninstalled', settled_at = ${now}::timestamptz
      WHERE id IN (SELECT id FROM taken)
      RETURNING id
    ), conversions AS (
      UPDATE conversion SET client_ip = NULL, client_user_agent = NULL
      WHERE id IN (SELECT conversion_id FROM taken) AND (client_ip IS NOT NULL OR client_user_agent IS NOT NULL)
    ), reports AS (
      UPDATE browser_report SET client_ip = NULL, client_user_agent = NULL
      WHERE conversion_id IN (SELECT conversion_id FROM taken)
        AND (client_ip IS NOT NULL OR client_user_agent IS NOT NULL)
    )
    SELECT count(*) AS closed FROM closed`;
  return Number(row?.closed ?? 0);
}

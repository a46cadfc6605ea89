import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";

/** Deliveries closed in one statement, and statements before Shopify is answered; the worker closes what is left. */
const STEP = 500;
const MOST_STEPS = 20;

/** What was there when Shopify was asked. Tokens that came after it are not destroyed. */
export interface JudgedInstallation {
  readonly shop: string;
  readonly signedInAt: Date | null;
  /** The offline session's sealed token. */
  readonly sealedToken: string | undefined;
}

/**
 * The installation is gone: every token of the store is destroyed at once and nothing more is sent. May be called again,
 * or for a store that was never known.
 *
 * One statement, and only while the store is as it was judged: a merchant may come back in this very moment.
 * @returns false when the merchant did; nothing was changed then
 */
export async function uninstallStore(
  deps: { readonly database: Database; readonly clock: Clock },
  judged: JudgedInstallation,
): Promise<boolean> {
  const { prisma } = deps.database;
  const now = new Date(deps.clock());
  const { shop, signedInAt, sealedToken } = judged;
  const rows = await prisma.$queryRaw<{ id: bigint | null; isNew: boolean }[]>`
    WITH is_new AS (
      SELECT EXISTS (
        SELECT 1 FROM session
        WHERE id = ${`offline_${shop}`} AND access_token IS DISTINCT FROM ${sealedToken ?? null}::text
      ) OR EXISTS (
        SELECT 1 FROM store WHERE shop = ${shop} AND signed_in_at IS DISTINCT FROM ${signedInAt}::timestamptz
      ) AS yes
    ), gone AS (
      UPDATE store SET
        state = 'uninstalled', uninstalled_at = coalesce(uninstalled_at, ${now}::timestamptz), uninstall_reported_at = NULL,
        web_pixel_id = NULL, web_pixel_state = NULL, web_pixel_problem = NULL,
        metafield_state = NULL, metafield_problem = NULL, test_event_code = NULL, test_event_code_expires_at = NULL
      WHERE shop = ${shop} AND NOT (SELECT yes FROM is_new)
      RETURNING id
    ), sessions AS (
      DELETE FROM session WHERE shop = ${shop} AND NOT (SELECT yes FROM is_new)
    ), tokens AS (
      UPDATE dataset SET sealed_token = NULL, token_last_four = NULL, checked_at = NULL, check_result = NULL
      WHERE store_id IN (SELECT id FROM gone)
    )
    SELECT (SELECT id FROM gone) AS id, (SELECT yes FROM is_new) AS "isNew"`;
  const id = rows[0]?.id;
  if (rows[0]?.isNew) return false;
  if (id !== null && id !== undefined)
    for (let step = 0; step < MOST_STEPS; step += 1)
      if ((await closeSomeDeliveries(deps.database, id, now)) < STEP) break;
  return true;
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
      WHERE id = ANY(ARRAY(SELECT id FROM taken))
      RETURNING id
    ), conversions AS (
      UPDATE conversion SET client_ip = NULL, client_user_agent = NULL
      WHERE id = ANY(ARRAY(SELECT conversion_id FROM taken)) AND (client_ip IS NOT NULL OR client_user_agent IS NOT NULL)
    ), reports AS (
      UPDATE browser_report SET client_ip = NULL, client_user_agent = NULL
      WHERE conversion_id = ANY(ARRAY(SELECT conversion_id FROM taken))
        AND (client_ip IS NOT NULL OR client_user_agent IS NOT NULL)
    )
    SELECT count(*) AS closed FROM closed`;
  return Number(row?.closed ?? 0);
}

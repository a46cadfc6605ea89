import type { Database } from "../platform/database/database.server.ts";

/**
 * Closes the store to these orders before anything is searched: from its commit on nothing of them is taken in, and what
 * was being written when it began is there to be found (docs/decisions/0802).
 */
export async function closeRedactedOrders(
  { prisma }: Database,
  input: {
    readonly storeId: bigint;
    readonly orderIds: readonly string[];
    /** Unix milliseconds */
    readonly now: number;
  },
): Promise<void> {
  await prisma.$executeRaw`
    WITH locked AS MATERIALIZED (
      SELECT pg_advisory_xact_lock(redaction_lock(${input.storeId}::bigint))
    ), named AS (
      INSERT INTO redacted_order (store_id, order_id, redacted_at)
      SELECT ${input.storeId}::bigint, n.order_id, ${new Date(input.now)}::timestamptz
      FROM unnest(${[...input.orderIds]}::text[]) AS n(order_id)
      ON CONFLICT DO NOTHING
    )
    SELECT count(*) FROM locked`;
}

export interface RedactionStep {
  readonly conversions: number;
  /** Deliveries that were still to be sent and now never are. */
  readonly withdrawn: number;
  /** Deliveries that a worker holds at this moment: it will write what it sent, so the step must be done once more. */
  readonly leased: number;
}

/**
 * Erases what is personal in these conversions, their deliveries and their browser reports, and withdraws what is not
 * sent yet. Counts and the order ID stay: an order that is sent again by Shopify must not come back.
 *
 * Two statements; done twice they change nothing more. The reports come second: what was on its way to its row when the
 * first one began has arrived by then, and nothing can follow it. The first one waits for it, by the conversion's row
 * (meet-order, record-answer) or by the store's lock (`is_redacted`).
 */
export async function redactConversions(
  { prisma }: Database,
  input: {
    readonly storeId: bigint;
    readonly conversionIds: readonly bigint[];
    /** Reports may name an order that never came. */
    readonly orderIds: readonly string[];
    /** Unix milliseconds */
    readonly now: number;
  },
): Promise<RedactionStep> {
  const ids = input.conversionIds.map(String);
  const now = new Date(input.now);
  const [row] = await prisma.$queryRaw<{ conversions: bigint; withdrawn: bigint; leased: bigint }[]>`
    WITH locked AS MATERIALIZED (
      SELECT pg_advisory_xact_lock(redaction_lock(${input.storeId}::bigint))
    ), wanted AS (
      SELECT id, source_key FROM conversion WHERE store_id = ${input.storeId}::bigint AND id = ANY(${ids}::bigint[])
    ), redacted AS (
      UPDATE conversion SET document = NULL, client_ip = NULL, client_user_agent = NULL, identity_keys = '{}',
             checkout_token_hash = NULL, redacted_at = coalesce(redacted_at, ${now}::timestamptz)
      WHERE id = ANY(ARRAY(SELECT id FROM wanted))
      RETURNING id
    ), unsent AS (
      -- By way of the locked rows: who locks both an order and its deliveries begins with the order.
      SELECT id FROM delivery
      WHERE conversion_id = ANY(ARRAY(SELECT id FROM redacted))
        AND (state IN ('waiting', 'due', 'retrying', 'held') OR (state = 'leased' AND lease_until <= ${now}::timestamptz))
    ), withdrawn AS (
      UPDATE delivery SET state = 'skipped', skip_reason = 'redacted', settled_at = ${now}::timestamptz,
             lease_token = NULL, lease_until = NULL, sent_payload = NULL, last_message = NULL
      WHERE id = ANY(ARRAY(SELECT id FROM unsent))
      RETURNING id
    ), emptied AS (
      UPDATE delivery SET sent_payload = NULL, last_message = NULL
      WHERE conversion_id = ANY(ARRAY(SELECT id FROM redacted)) AND id NOT IN (SELECT id FROM unsent)
        AND (sent_payload IS NOT NULL OR last_message IS NOT NULL)
    ), named AS (
      INSERT INTO redacted_order (store_id, order_id, redacted_at)
      SELECT ${input.storeId}::bigint, source_key, ${now}::timestamptz FROM wanted
      ON CONFLICT DO NOTHING
    )
    SELECT (SELECT count(*) FROM redacted) AS conversions, (SELECT count(*) FROM withdrawn) AS withdrawn,
           (SELECT count(*) FROM delivery WHERE conversion_id = ANY(ARRAY(SELECT id FROM wanted)) AND state = 'leased'
              AND lease_until > ${now}::timestamptz) AS leased
    FROM locked`;
  await prisma.$executeRaw`
    UPDATE browser_report SET document = NULL, client_ip = NULL, client_user_agent = NULL, copy = NULL
    WHERE store_id = ${input.storeId}::bigint AND (
      conversion_id = ANY(${ids}::bigint[])
      -- One list, so that the index of orders answers it.
      OR order_id = ANY(${[...input.orderIds]}::text[] || ARRAY(
        SELECT source_key FROM conversion WHERE id = ANY(${ids}::bigint[]) AND store_id = ${input.storeId}::bigint)))`;
  return {
    conversions: Number(row?.conversions ?? 0),
    withdrawn: Number(row?.withdrawn ?? 0),
    leased: Number(row?.leased ?? 0),
  };
}

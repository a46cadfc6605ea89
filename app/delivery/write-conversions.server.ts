import type { Conversion } from "../conversions/model.ts";
import type { Database } from "../platform/database.server.ts";
import type { PlannedDelivery } from "./plan-deliveries.ts";
import { DELIVERIES_DUE_CHANNEL, ORDER_STORED_CHANNEL, documentOf } from "./take-in-order.server.ts";

export interface ConversionRow {
  readonly storeId: bigint;
  readonly sourceKey: string;
  readonly conversion: Conversion;
  readonly tokenHash: string | null;
  readonly eventTimeMs: number;
  readonly receivedAtMs: number;
  readonly via: string;
  readonly webhookId: string | null;
  readonly browserReportId: bigint | null;
  readonly test: boolean;
  readonly deliveries: readonly PlannedDelivery[];
  /** False when no delivery will ever need the buyer's address and browser: then they are not written at all. */
  readonly keepClient: boolean;
}

/**
 * Writes conversions with their deliveries, joins reports that came first and wakes who waits: one statement, so all of
 * it is there after the commit or none. Conversions that exist already are left as they are.
 *
 * @returns the IDs of the rows that are new, by `storeId:sourceKey`
 */
export async function writeConversions(
  database: Database,
  rows: readonly ConversionRow[],
): Promise<ReadonlyMap<string, bigint>> {
  if (rows.length === 0) return new Map();
  const created = await database.prisma.$queryRaw<{ id: bigint; store_id: bigint; source_key: string }[]>`
    WITH input AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows.map(toInput))}::jsonb) AS i(
        store_id bigint, event_name text, source_key text, order_id text, order_number text, order_name text,
        checkout_token_hash text, event_id text, event_time timestamptz, paid_at timestamptz, received_at timestamptz,
        via text, webhook_id text, source text, action_source text, value numeric, currency text, shop_value numeric,
        shop_currency text, test boolean, document jsonb, client_ip text, client_user_agent text, identity_keys text[],
        browser_report_id bigint, deliveries jsonb)
    ), created AS (
      INSERT INTO conversion (store_id, event_name, source_key, order_id, order_number, order_name, checkout_token_hash,
        event_id, event_time, paid_at, received_at, via, webhook_id, source, action_source, value, currency, shop_value,
        shop_currency, test, document, client_ip, client_user_agent, identity_keys, browser_report_id)
      SELECT store_id, event_name, source_key, order_id, order_number, order_name, checkout_token_hash,
        event_id, event_time, paid_at, received_at, via, webhook_id, source, action_source, value, currency, shop_value,
        shop_currency, test, document, client_ip, client_user_agent, identity_keys, browser_report_id
      FROM input
      ON CONFLICT (store_id, event_name, source_key) DO NOTHING
      RETURNING id, store_id, source_key, received_at, browser_report_id
    ), queued AS (
      INSERT INTO delivery (store_id, dataset_id, conversion_id, state, skip_reason, due_at, expires_at, settled_at, created_at)
      SELECT c.store_id, d.dataset_id, c.id, d.state, d.skip_reason, d.due_at, d.expires_at,
             CASE WHEN d.state = 'skipped' THEN c.received_at END, c.received_at
      FROM created c JOIN input i ON i.store_id = c.store_id AND i.source_key = c.source_key
      CROSS JOIN LATERAL jsonb_to_recordset(i.deliveries)
        AS d(dataset_id bigint, state text, skip_reason text, due_at timestamptz, expires_at timestamptz)
      RETURNING state
    ), joined AS (
      UPDATE browser_report r SET conversion_id = c.id FROM created c WHERE r.id = c.browser_report_id RETURNING r.id
    ), woken AS (
      SELECT pg_notify(${ORDER_STORED_CHANNEL}, c.store_id || ':' || c.source_key) FROM created c
    ), due AS (
      SELECT pg_notify(${DELIVERIES_DUE_CHANNEL}, '') WHERE EXISTS (SELECT 1 FROM queued WHERE state <> 'skipped')
    )
    SELECT c.id, c.store_id, c.source_key FROM created c
    WHERE (SELECT count(*) FROM joined) >= 0 AND (SELECT count(*) FROM woken) >= 0 AND (SELECT count(*) FROM due) >= 0`;
  return new Map(created.map((row) => [`${row.store_id}:${row.source_key}`, row.id]));
}

function toInput(row: ConversionRow): Record<string, unknown> {
  const { conversion } = row;
  return {
    store_id: String(row.storeId),
    event_name: conversion.eventName,
    source_key: row.sourceKey,
    order_id: conversion.orderId,
    order_number: conversion.orderNumber,
    order_name: conversion.orderName,
    checkout_token_hash: row.tokenHash,
    event_id: conversion.eventId,
    event_time: iso(row.eventTimeMs),
    paid_at: iso(conversion.paidAt * 1000),
    received_at: iso(row.receivedAtMs),
    via: row.via,
    webhook_id: row.webhookId,
    source: conversion.source,
    action_source: conversion.actionSource,
    value: conversion.purchase.value,
    currency: conversion.purchase.currency,
    shop_value: conversion.shopValue.amount,
    shop_currency: conversion.shopValue.currency,
    test: row.test,
    document: documentOf(conversion),
    client_ip: row.keepClient ? conversion.client.ip : undefined,
    client_user_agent: row.keepClient ? conversion.client.userAgent : undefined,
    identity_keys: identityKeys(conversion),
    browser_report_id: row.browserReportId === null ? null : String(row.browserReportId),
    deliveries: row.deliveries.map((delivery) => ({
      dataset_id: String(delivery.datasetId),
      state: delivery.state,
      skip_reason: delivery.skipReason,
      due_at: iso(delivery.dueAt),
      expires_at: iso(delivery.expiresAt),
    })),
  };
}

/** Names of the customer information that the order itself brought, as Meta calls them. */
function identityKeys(conversion: Conversion): string[] {
  return [
    ...Object.keys(conversion.customer),
    ...(conversion.client.ip === undefined ? [] : ["client_ip_address"]),
    ...(conversion.client.userAgent === undefined ? [] : ["client_user_agent"]),
    ...(conversion.fbp === undefined ? [] : ["fbp"]),
    ...(conversion.fbc === undefined ? [] : ["fbc"]),
  ].sort();
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

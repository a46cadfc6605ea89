import { Prisma } from "@prisma/client";

import type { SeenTrait } from "../conversions/order/exclusion-rules.ts";
import type { Conversion, CustomerKind } from "../conversions/model.ts";
import { writeStoredConversion } from "../conversions/read-stored.ts";
import { DELIVERIES_DUE_CHANNEL, ORDER_STORED_CHANNEL } from "../platform/database/wake-channels.ts";
import type { Database } from "../platform/database/database.server.ts";
import { SEEN_DAYS, metricOf } from "../conversions/order/seen-traits.ts";
import { orderKey } from "./order-arrival.ts";
import type { PlannedDelivery } from "./plan-deliveries.ts";

/** A conversion on its way to its row, with what is written beside it. */
export interface ConversionRow {
  readonly storeId: bigint;
  readonly conversion: Conversion;
  readonly tokenHash: string | null;
  /** Unix seconds. */
  readonly eventTime: number;
  /** Unix milliseconds. */
  readonly receivedAt: number;
  readonly via: string;
  readonly browserReportId: bigint | null;
  readonly customerKind: CustomerKind | null;
  readonly deliveries: readonly PlannedDelivery[];
  /** What is counted of the order, for the merchant to choose rules from; nothing of it stands beside the order. */
  readonly traits: readonly SeenTrait[];
}

/** The column's type in the database, and its value as JSON has it. */
type Columns = Readonly<Record<string, readonly [type: string, value: (row: ConversionRow) => unknown]>>;

/** Each column that a new conversion is written with: the only list of them. */
const COLUMNS: Columns = {
  store_id: ["bigint", (row) => String(row.storeId)],
  event_name: ["text", ({ conversion }) => conversion.eventName],
  source_key: ["text", ({ conversion }) => conversion.orderId],
  order_id: ["text", ({ conversion }) => conversion.orderId],
  order_number: ["text", ({ conversion }) => conversion.orderNumber],
  order_name: ["text", ({ conversion }) => conversion.orderName],
  checkout_token_hash: ["text", (row) => row.tokenHash],
  event_id: ["text", ({ conversion }) => conversion.eventId],
  event_time: ["timestamptz", (row) => iso(row.eventTime * 1000)],
  paid_at: ["timestamptz", ({ conversion }) => iso(conversion.paidAt * 1000)],
  received_at: ["timestamptz", (row) => iso(row.receivedAt)],
  via: ["text", (row) => row.via],
  source: ["text", ({ conversion }) => conversion.source],
  action_source: ["text", ({ conversion }) => conversion.actionSource],
  excluded_by: ["text", ({ conversion }) => conversion.excludedBy],
  value: ["numeric", ({ conversion }) => conversion.purchase.value],
  currency: ["text", ({ conversion }) => conversion.purchase.currency],
  shop_value: ["numeric", ({ conversion }) => conversion.shopValue.amount],
  shop_currency: ["text", ({ conversion }) => conversion.shopValue.currency],
  customer_kind: ["text", (row) => row.customerKind],
  test: ["boolean", ({ conversion }) => conversion.skip === "test_order"],
  document: ["jsonb", ({ conversion }) => writeStoredConversion(conversion)],
  client_ip: ["text", (row) => (mayBeSent(row) ? row.conversion.client.ip : null)],
  client_user_agent: ["text", (row) => (mayBeSent(row) ? row.conversion.client.userAgent : null)],
  identity_keys: ["text[]", ({ conversion }) => identityKeys(conversion)],
  browser_report_id: ["bigint", (row) => row.browserReportId?.toString()],
};

/** What goes along for other tables. */
const BESIDE: Columns = {
  deliveries: ["jsonb", (row) => row.deliveries.map(toDeliveryInput)],
  traits: ["jsonb", (row) => row.traits.map(({ by, value }) => ({ metric: metricOf(by), label: value }))],
};

const INPUT = Object.entries({ ...COLUMNS, ...BESIDE });

/** Of the statement: the columns' names, and the names with their types. */
export const COLUMN_NAMES = Prisma.raw(Object.keys(COLUMNS).join(", "));
export const INPUT_TYPES = Prisma.raw(INPUT.map(([name, [type]]) => `${name} ${type}`).join(", "));

/**
 * What one statement made of its rows, by `orderKey`. A row that is in neither was refused by a unique index against a
 * row that this statement could not see yet, or because another order of the store has its event ID.
 */
export interface WrittenConversions {
  readonly created: ReadonlyMap<string, bigint>;
  /** Orders that were stored before the statement began, and those that a customer's redaction named. */
  readonly stored: ReadonlySet<string>;
}

/**
 * Writes conversions with their deliveries, joins reports that came first and wakes who waits: one statement, so all of
 * it is there after the commit or none. Conversions that exist already are left as they are, and reports under another
 * checkout token than the order's go: they are not its buyer's. `redacted_among` looks anew and makes the store's next redaction
 * wait for the commit (docs/decisions/0802). Two unique indexes decide,
 * whoever else writes at the same moment: one row per order, and one order per event ID of a store.
 *
 * Rows are written in the order of their event IDs, so that two groups that share some wait for one another and never in
 * a circle.
 */
export async function writeConversions(
  database: Database,
  rows: readonly ConversionRow[],
): Promise<WrittenConversions> {
  if (rows.length === 0) return { created: new Map(), stored: new Set() };
  const written = await database.direct.$queryRaw<
    { id: bigint; storeId: bigint; sourceKey: string; isNew: boolean }[]
  >`
    WITH input AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(inOrderOfEventIds(rows).map(toInput))}::jsonb) AS i(${INPUT_TYPES})
    ), redacted AS MATERIALIZED (
      SELECT g.store_id, g.order_id
      FROM redacted_among(ARRAY(SELECT i.store_id FROM input i), ARRAY(SELECT i.source_key FROM input i)) g
    ), created AS (
      INSERT INTO conversion (${COLUMN_NAMES}, paid_day)
      SELECT ${COLUMN_NAMES}, (SELECT (paid_at AT TIME ZONE s.time_zone)::date FROM store s WHERE s.id = store_id)
      FROM input
      WHERE NOT EXISTS (SELECT 1 FROM redacted g WHERE g.store_id = input.store_id AND g.order_id = input.source_key)
      ON CONFLICT DO NOTHING
      RETURNING id, store_id, source_key, paid_day, received_at, browser_report_id, checkout_token_hash
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
    ), seen AS (
      INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, count)
      SELECT c.store_id, 0, c.paid_day, t.metric, t.label, count(*)
      FROM created c JOIN input i ON i.store_id = c.store_id AND i.source_key = c.source_key
      CROSS JOIN LATERAL jsonb_to_recordset(i.traits) AS t(metric text, label text)
      WHERE c.paid_day > c.received_at::date - ${SEEN_DAYS}::int
      GROUP BY c.store_id, c.paid_day, t.metric, t.label
    ), strangers AS (
      DELETE FROM browser_report r USING created c
      WHERE r.store_id = c.store_id AND r.order_id = c.source_key AND r.conversion_id IS NULL
        AND r.checkout_token_hash IS DISTINCT FROM c.checkout_token_hash
    ), woken AS (
      SELECT pg_notify(${ORDER_STORED_CHANNEL}, c.store_id || ':' || c.source_key) FROM created c
    ), due AS (
      SELECT pg_notify(${DELIVERIES_DUE_CHANNEL}, '') WHERE EXISTS (SELECT 1 FROM queued WHERE state <> 'skipped')
    )
    SELECT c.id, c.store_id AS "storeId", c.source_key AS "sourceKey", true AS "isNew" FROM created c
    WHERE (SELECT count(*) FROM joined) >= 0 AND (SELECT count(*) FROM woken) >= 0 AND (SELECT count(*) FROM due) >= 0
    UNION ALL
    SELECT s.id, s.store_id, s.source_key, false FROM input i
    JOIN conversion s ON s.store_id = i.store_id AND s.event_name = i.event_name AND s.source_key = i.source_key
    UNION ALL
    SELECT 0::bigint, g.store_id, g.order_id, false FROM redacted g`;
  return {
    created: new Map(
      written.filter(({ isNew }) => isNew).map((row) => [orderKey(row.storeId, row.sourceKey), row.id]),
    ),
    stored: new Set(written.filter(({ isNew }) => !isNew).map((row) => orderKey(row.storeId, row.sourceKey))),
  };
}

function inOrderOfEventIds(rows: readonly ConversionRow[]): readonly ConversionRow[] {
  const place = (row: ConversionRow): string => `${row.storeId} ${row.conversion.eventId}`;
  return [...rows].sort((one, other) => (place(one) < place(other) ? -1 : place(one) > place(other) ? 1 : 0));
}

function toInput(row: ConversionRow): Record<string, unknown> {
  return Object.fromEntries(INPUT.map(([name, [, value]]) => [name, value(row)]));
}

function toDeliveryInput({ datasetId, state, skipReason, dueAt, expiresAt }: PlannedDelivery) {
  return {
    dataset_id: String(datasetId),
    state,
    skip_reason: skipReason,
    due_at: iso(dueAt),
    expires_at: iso(expiresAt),
  };
}

/** Where no delivery will ever need the buyer's address and browser, they are not written at all. */
function mayBeSent({ deliveries }: ConversionRow): boolean {
  return deliveries.some(({ state }) => state !== "skipped");
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

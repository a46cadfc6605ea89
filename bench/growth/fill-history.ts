import { Prisma } from "@prisma/client";
import pg from "pg";

export const STORES = 1_000;
/** Due deliveries at the end of the history. */
export const QUEUED = 2_500;
/** After that many a row goes (app/privacy/delete-old-rows.server.ts): no table is ever older. */
export const DAYS = 400;
const SEEN_DAYS = 90;
const DETAILS_DAYS = 30;
const STEP = 500_000;

/** Tables that grow with every order. */
export const BIG_TABLES = [
  "conversion",
  "delivery",
  "browser_report",
  "attempt",
  "delivery_attempt",
  "tally",
] as const;

export interface History {
  readonly orders: number;
  /** Unix milliseconds: the end of the history. */
  readonly now: number;
}

/**
 * What 400 days of a thousand stores leave behind, the first store selling most (Zipf): conversions and deliveries in the
 * states that they end in, details, payloads and requests to Meta of the last 30 days, browser reports, counts. Written
 * without triggers, indexes built afterwards; what stood there before goes.
 */
export async function fillHistory(databaseUrl: string, { orders, now }: History): Promise<void> {
  // Two, one for each processor.
  const [first, second] = [await connect(databaseUrl), await connect(databaseUrl)];
  try {
    const { sql } = first;
    await sql`TRUNCATE store, tally, tally_delta, retention_mark, redacted_order RESTART IDENTITY CASCADE`;
    await sql`
      INSERT INTO store (id, shop, currency, country, web_pixel_state, installed_at)
      SELECT n, 'growth-' || n || '.myshopify.com', 'USD', 'US', 'connected',
             ${new Date(now - DAYS * 86_400_000)}::timestamptz
      FROM generate_series(1, ${STORES}::int) AS n`;
    await sql`
      INSERT INTO dataset (id, store_id, dataset_id, name)
      SELECT n, n, (2000000000000 + n)::text, 'Web shop' FROM generate_series(1, ${STORES}::int) AS n`;
    const { rows: indexes } = await first.client.query<{ name: string; definition: string }>(`
      SELECT indexname::text AS name, indexdef AS definition FROM pg_indexes i
      WHERE tablename IN ('conversion', 'delivery', 'browser_report') AND NOT EXISTS (
        SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)`);
    for (const { name } of indexes) await first.client.query(`DROP INDEX "${name}"`);
    for (let from = 1; from <= orders; from += 2 * STEP)
      await Promise.all(
        [first, second].map((each, at) =>
          fillStep(each.sql, {
            from: from + at * STEP,
            to: Math.min(from + (at + 1) * STEP - 1, orders),
            orders,
            now,
          }),
        ),
      );
    for (const { definition } of indexes) await first.client.query(definition);
    await sql`SELECT setval(pg_get_serial_sequence('conversion', 'id'), ${orders}::bigint)`;
    await first.client.query("ANALYZE conversion, delivery");
    await Promise.all([fillRequests(first.sql), fillCounts(second.sql, now)]);
    await fillMarks(sql, orders, now);
    await first.client.query(`VACUUM (ANALYZE) ${["store", "dataset", ...BIG_TABLES].join(", ")}`);
  } finally {
    await Promise.all([first.client.end(), second.client.end()]);
  }
}

type RunSql = (strings: TemplateStringsArray, ...values: readonly unknown[]) => Promise<unknown>;

/** A connection that waits for long statements, on which no trigger fires. */
async function connect(databaseUrl: string): Promise<{ readonly client: pg.Client; readonly sql: RunSql }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("SET session_replication_role = replica");
  await client.query("SET work_mem = '512MB'");
  const sql: RunSql = (strings, ...values) => client.query(Prisma.sql(strings, ...values).text, [...values]);
  return { client, sql };
}

/** As the last run of retention leaves it: nothing is to be erased. */
async function fillMarks(sql: RunSql, orders: number, now: number): Promise<void> {
  await sql`
    UPDATE store SET erased_through = coalesce((SELECT max(c.id) FROM conversion c
      WHERE c.store_id = store.id AND c.document IS NULL), 0)`;
  await sql`
    INSERT INTO retention_mark (name, through_id)
    SELECT name, ${orders}::bigint FROM unnest(ARRAY['client_details_settled', 'client_details_all']) AS name`;
  await sql`
    INSERT INTO retention_mark (name, through_id)
    VALUES ('trait_counts', ${Math.floor(now / 86_400_000) - SEEN_DAYS - 1}::bigint)`;
}

async function fillStep(
  sql: RunSql,
  { from, to, orders, now }: { readonly from: number; readonly to: number } & History,
): Promise<void> {
  const apart = (DAYS * 86_400) / orders;
  const begin = now / 1000 - DAYS * 86_400;
  const details = now / 1000 - DETAILS_DAYS * 86_400;
  await sql`
        INSERT INTO conversion (id, store_id, event_name, source_key, order_id, order_number, order_name, checkout_token_hash,
          event_id, event_time, paid_at, paid_day, received_at, source, action_source, value, currency, shop_value, shop_currency,
          identity_keys, consent_kind, consent_reason, pairing, paired_at, document)
        SELECT n, o.store, 'Purchase', (7000000000000 + n)::text, (7000000000000 + n)::text, n::text, '#' || n,
          md5(n::text), n::text, o.at, o.at, o.at::date, o.at,
          CASE WHEN n % 40 = 0 THEN 'pos' WHEN n % 371 = 0 THEN 'draft' ELSE 'web' END, 'website', 30, 'USD', 30, 'USD',
          '{em,fn,ln,country}', 'send', 'browser_report',
          CASE WHEN n % 40 = 0 THEN 'server_only' WHEN n % 5 = 1 THEN 'server_only' WHEN n % 5021 = 0 THEN 'mismatched' ELSE 'paired' END, o.at,
          CASE WHEN extract(epoch FROM o.at) > ${details}::float8 THEN jsonb_build_object(
            'customer', jsonb_build_object('em', jsonb_build_array(encode(sha256(n::text::bytea), 'hex')),
              'fn', jsonb_build_array(repeat(md5(n::text), 2)), 'ln', jsonb_build_array(repeat(md5((n + 1)::text), 2))),
            'consent', jsonb_build_object('policy', 'regional', 'flags', '{}'::jsonb,
              'country', (ARRAY['US', 'US', 'US', 'CA', 'GB', 'DE', 'FR', 'AU'])[1 + n % 8]),
            'orderId', (7000000000000 + n)::text, 'eventId', n::text, 'source', 'web', 'actionSource', 'website',
            'eventTime', extract(epoch FROM o.at)::bigint, 'paidAt', extract(epoch FROM o.at)::bigint,
            'purchase', jsonb_build_object('value', 30, 'currency', 'USD'), 'dropped', '[]'::jsonb,
            'places', repeat('0a1b', 12), 'rest', repeat(md5((n + 2)::text), 24)) END
        FROM generate_series(${from}::bigint, ${to}::bigint) AS n
        CROSS JOIN LATERAL (SELECT to_timestamp(${begin}::float8 + n * ${apart}::float8) AS at,
          floor(exp((abs(hashint8(n)::bigint) % 1000000) / 1000000.0 * ln(${STORES + 1}::float8)))::bigint AS store) o`;
  await sql`
        INSERT INTO delivery (store_id, dataset_id, conversion_id, state, skip_reason, due_at, expires_at, attempts, first_sent_at,
          settled_at, sent_keys, sent_payload, created_at)
        SELECT c.store_id, c.store_id, c.id, s.state, CASE s.state WHEN 'skipped' THEN 'no_consent' END, c.received_at,
          c.received_at + interval '7 days', 1, CASE s.state WHEN 'delivered' THEN c.received_at END,
          CASE WHEN s.state <> 'due' THEN c.received_at END, '{em,fn,ln,country}',
          CASE WHEN s.state = 'delivered' AND c.document IS NOT NULL THEN jsonb_build_object('event_id', c.event_id,
            'event_name', 'Purchase', 'user_data', c.document->'customer', 'rest', repeat(md5((c.id + 3)::text), 16)) END,
          c.received_at
        FROM conversion c CROSS JOIN LATERAL (SELECT CASE WHEN c.id > ${orders - QUEUED}::bigint THEN 'due'
          WHEN c.id % 20 = 3 THEN 'skipped' WHEN c.id % 4009 = 0 THEN 'dead' ELSE 'delivered' END AS state) s
        WHERE c.id BETWEEN ${from}::bigint AND ${to}::bigint`;
  await sql`
        INSERT INTO browser_report (store_id, order_id, checkout_token_hash, received_at, answer, outcome, conversion_id)
        SELECT c.store_id, c.order_id, c.checkout_token_hash, c.received_at, 'fire', 'fired', c.id
        FROM conversion c WHERE c.id BETWEEN ${from}::bigint AND ${to}::bigint AND c.pairing = 'paired'`;
}

/** One request for every two orders that still have their details. */
async function fillRequests(sql: RunSql): Promise<void> {
  await sql`
    INSERT INTO attempt (store_id, dataset_id, started_at, duration_ms, events, http_status, class)
    SELECT store_id, store_id, received_at, 600, 2, 200, 'ok' FROM conversion WHERE document IS NOT NULL AND id % 2 = 0`;
  await sql`
    INSERT INTO delivery_attempt (delivery_id, attempt_id, number, outcome)
    SELECT d.id, a.id, 1, 'delivered'
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM delivery WHERE sent_payload IS NOT NULL) d
    JOIN attempt a ON a.id = 1 + (d.place - 1) / 2`;
}

/** Counts by day as the triggers and the folding job leave them. */
async function fillCounts(sql: RunSql, now: number): Promise<void> {
  await sql`
      INSERT INTO tally (store_id, dataset_id, day, metric, label, currency, count, amount)
      WITH orders AS MATERIALIZED (
        SELECT store_id, paid_day, source, pairing, count(*) AS count, sum(shop_value) AS amount
        FROM conversion GROUP BY 1, 2, 3, 4
      ), deliveries AS MATERIALIZED (
        SELECT store_id, dataset_id, created_at::date AS day, state, count(*) AS count FROM delivery GROUP BY 1, 2, 3, 4
      )
      SELECT store_id, 0, paid_day, 'order', source, 'USD', sum(count), sum(amount) FROM orders GROUP BY 1, 3, 5
      UNION ALL
      SELECT store_id, 0, paid_day, 'pairing', CASE source WHEN 'web' THEN 'web:' ELSE 'other:' END || pairing, 'USD',
             sum(count), sum(amount) FROM orders GROUP BY 1, 3, 5
      UNION ALL
      SELECT store_id, 0, paid_day, 'seen_source', source, '', sum(count), 0 FROM orders
      WHERE paid_day > ${new Date(now)}::timestamptz::date - ${SEEN_DAYS}::int GROUP BY 1, 3, 5
      UNION ALL
      SELECT store_id, dataset_id, day, 'delivery', state, 'USD', count, 30 * count FROM deliveries
      UNION ALL
      SELECT store_id, dataset_id, day, 'key', label, '', count, 0
      FROM deliveries CROSS JOIN unnest(ARRAY['em', 'fn', 'ln', 'country']) AS label WHERE state = 'delivered'
      UNION ALL
      SELECT store_id, dataset_id, started_at::date, 'attempt', class, '', count(*), sum(events) FROM attempt GROUP BY 1, 2, 3, 5`;
}

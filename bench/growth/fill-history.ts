import type { Database } from "#app/platform/database/database.server.ts";

export const STORES = 1_000;
/** Due deliveries at the end of the history. */
export const QUEUED = 5_000;
const COUNTED_STORES = 50;
const DAYS = 400;
const DETAILS_DAYS = 30;
const STEP = 500_000;

export interface History {
  readonly orders: number;
  /** Unix milliseconds: the end of the history. */
  readonly now: number;
}

/**
 * What 400 days of a thousand stores leave behind, the first store selling most (Zipf): conversions and deliveries in the
 * states that they end in, details and payloads of the last 30 days, browser reports, requests to Meta, counts. Written
 * without triggers, indexes built afterwards; what stood there before goes.
 */
export async function fillHistory({ prisma }: Database, { orders, now }: History): Promise<void> {
  await prisma.$executeRaw`TRUNCATE store, tally, tally_delta, retention_mark RESTART IDENTITY CASCADE`;
  await prisma.$executeRaw`
    INSERT INTO store (id, shop, currency, country, web_pixel_state, installed_at)
    SELECT n, 'growth-' || n || '.myshopify.com', 'USD', 'US', 'connected',
           ${new Date(now - DAYS * 86_400_000)}::timestamptz
    FROM generate_series(1, ${STORES}::int) AS n`;
  await prisma.$executeRaw`
    INSERT INTO dataset (id, store_id, dataset_id, name)
    SELECT n, n, (2000000000000 + n)::text, 'Web shop' FROM generate_series(1, ${STORES}::int) AS n`;
  const indexes = await prisma.$queryRaw<{ name: string; definition: string }[]>`
    SELECT indexname::text AS name, indexdef AS definition FROM pg_indexes i
    WHERE tablename IN ('conversion', 'delivery', 'browser_report') AND NOT EXISTS (
      SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)`;
  for (const { name } of indexes) await prisma.$executeRawUnsafe(`DROP INDEX "${name}"`);
  // Two at a time, one for each processor.
  for (let from = 1; from <= orders; from += 2 * STEP)
    await Promise.all(
      [from, from + STEP]
        .filter((first) => first <= orders)
        .map((first) =>
          fillStep(prisma, { from: first, to: Math.min(first + STEP - 1, orders), orders, now }),
        ),
    );
  for (const { definition } of indexes) await prisma.$executeRawUnsafe(definition);
  await prisma.$executeRaw`SELECT setval(pg_get_serial_sequence('conversion', 'id'), ${orders}::bigint)`;
  await fillCounts(prisma);
  // As the last run of retention leaves it: nothing is to be erased.
  await prisma.$executeRaw`
    UPDATE store SET erased_through = coalesce((SELECT max(c.id) FROM conversion c
      WHERE c.store_id = store.id AND c.document IS NULL), 0)`;
  await prisma.$executeRaw`
    INSERT INTO retention_mark (name, through_id)
    SELECT name, ${orders}::bigint FROM unnest(ARRAY['client_details_settled', 'client_details_all']) AS name`;
  for (const table of ["store", "dataset", "conversion", "delivery", "browser_report", "attempt", "tally"])
    await prisma.$executeRawUnsafe(`VACUUM (ANALYZE) ${table}`);
}

async function fillStep(
  prisma: Database["prisma"],
  { from, to, orders, now }: { readonly from: number; readonly to: number } & History,
): Promise<void> {
  const apart = (DAYS * 86_400) / orders;
  const begin = now / 1000 - DAYS * 86_400;
  const details = now / 1000 - DETAILS_DAYS * 86_400;
  await prisma.$transaction([
    prisma.$executeRaw`SET LOCAL session_replication_role = replica`,
    prisma.$executeRaw`
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
          1 + floor(exp((abs(hashint8(n)) % 1000000) / 1000000.0 * ln(${STORES}::float8)))::bigint % ${STORES}::bigint AS store) o`,
    prisma.$executeRaw`
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
        WHERE c.id BETWEEN ${from}::bigint AND ${to}::bigint`,
    prisma.$executeRaw`
        INSERT INTO browser_report (store_id, order_id, checkout_token_hash, received_at, answer, outcome, conversion_id)
        SELECT c.store_id, c.order_id, c.checkout_token_hash, c.received_at, 'fire', 'fired', c.id
        FROM conversion c WHERE c.id BETWEEN ${from}::bigint AND ${to}::bigint AND c.pairing = 'paired'`,
    prisma.$executeRaw`
        INSERT INTO attempt (store_id, dataset_id, started_at, duration_ms, events, http_status, class)
        SELECT c.store_id, c.store_id, c.received_at, 600, 2, 200, 'ok'
        FROM conversion c WHERE c.id BETWEEN ${from}::bigint AND ${to}::bigint AND c.document IS NOT NULL AND c.id % 2 = 0`,
  ]);
}

/** Counts by day as the triggers and the folding job leave them, of the stores that sell most. */
async function fillCounts(prisma: Database["prisma"]): Promise<void> {
  await prisma.$executeRaw`
    INSERT INTO tally (store_id, dataset_id, day, metric, label, currency, count, amount)
    SELECT store_id, 0, paid_day, 'order', source, 'USD', count(*), sum(shop_value) FROM conversion
    WHERE store_id <= ${COUNTED_STORES}::bigint GROUP BY 1, 3, 5
    UNION ALL
    SELECT store_id, 0, paid_day, 'pairing', CASE source WHEN 'web' THEN 'web:' ELSE 'other:' END || pairing, 'USD', count(*),
           sum(shop_value) FROM conversion WHERE store_id <= ${COUNTED_STORES}::bigint GROUP BY 1, 3, 5
    UNION ALL
    SELECT d.store_id, d.dataset_id, c.paid_day, 'delivery', d.state, 'USD', count(*), sum(c.shop_value)
    FROM delivery d JOIN conversion c ON c.id = d.conversion_id
    WHERE d.store_id <= ${COUNTED_STORES}::bigint GROUP BY 1, 2, 3, 5
    UNION ALL
    SELECT d.store_id, d.dataset_id, c.paid_day, 'key', k.label, '', count(*), 0
    FROM delivery d JOIN conversion c ON c.id = d.conversion_id CROSS JOIN LATERAL unnest(d.sent_keys) AS k(label)
    WHERE d.state = 'delivered' AND d.store_id <= ${COUNTED_STORES}::bigint GROUP BY 1, 2, 3, 5
    UNION ALL
    SELECT store_id, dataset_id, started_at::date, 'attempt', class, '', count(*), sum(events) FROM attempt
    WHERE store_id <= ${COUNTED_STORES}::bigint GROUP BY 1, 2, 3, 5`;
}

import type { Database } from "#app/platform/database/database.server.ts";

import { countFunnel } from "./fill-funnel.ts";

export const NOW = Date.parse("2026-11-26T12:00:00Z");
const DAY_MS = 86_400_000;

export interface SeededStore {
  readonly storeId: bigint;
  readonly datasetRow: bigint;
  /** Orders are numbered from 1, the oldest, to this one. */
  readonly last: number;
}

/**
 * A store in which nothing is wrong, written as its rows would stand after `days` days with `perDay` web orders each: nine of
 * ten with both copies, all delivered within seconds, Meta's readings of every day, heartbeats.
 */
export async function seedHealthyStore(
  { prisma }: Database,
  shop: string,
  { perDay, days }: { readonly perDay: number; readonly days: number },
): Promise<SeededStore> {
  const installed = new Date(NOW - (days + 30) * DAY_MS);
  const store = await prisma.store.create({
    data: {
      shop,
      currency: "USD",
      country: "US",
      timeZone: "UTC",
      installedAt: installed,
      webPixelState: "connected",
      webPixelAt: installed,
      sweptThrough: new Date(NOW - 600_000),
      datasets: {
        create: {
          datasetId: `9${String(Math.abs(hash(shop))).padStart(14, "0")}`,
          sealedToken: "sealed",
          createdAt: installed,
          checkedAt: new Date(NOW - 3_600_000),
          checkResult: "ok",
          tokenExpiresAt: new Date(0),
        },
      },
    },
    include: { datasets: true },
  });
  const datasetRow = store.datasets[0]?.id ?? 0n;
  const last = perDay * days;
  const apart = 86_400 / perDay;
  await prisma.$executeRaw`
    INSERT INTO conversion (store_id, event_name, source_key, order_id, order_number, order_name, event_id, event_time, paid_at,
      paid_day, received_at, source, action_source, value, currency, shop_value, shop_currency, document, identity_keys,
      consent_kind, pairing, paired_at)
    SELECT ${store.id}::bigint, 'Purchase', (6100000000000 + n)::text, (6100000000000 + n)::text, n::text, '#' || n, n::text, at, at,
      (at AT TIME ZONE 'UTC')::date, at + interval '3 seconds', 'web', 'website', 50, 'USD', 50, 'USD',
      '{"dropped":[],"consent":{"country":"US"}}'::jsonb,
      '{em,ph,fn,ln,ct,zp,country,client_ip_address}'::text[], 'send',
      CASE n % 10 WHEN 0 THEN 'server_only' ELSE 'paired' END, at + interval '1 minute'
    FROM (SELECT n, ${new Date(NOW - 7_200_000)}::timestamptz - (${last}::int - n) * ${apart}::float8 * interval '1 second' AS at
          FROM generate_series(1, ${last}::int) AS n) made`;
  await prisma.$executeRaw`
    INSERT INTO delivery (store_id, dataset_id, conversion_id, state, due_at, expires_at, attempts, first_sent_at, settled_at,
      sent_keys, sent_payload, created_at)
    SELECT c.store_id, ${datasetRow}::bigint, c.id, 'delivered', c.paid_at, c.paid_at + interval '7 days', 1,
      c.paid_at + interval '10 seconds', c.paid_at + interval '11 seconds',
      '{em,ph,fn,ln,ct,zp,country,external_id,fbp,client_ip_address,client_user_agent}'::text[],
      jsonb_build_object('event_name', 'Purchase', 'event_id', c.event_id, 'event_time', extract(epoch FROM c.event_time)::bigint,
        'action_source', 'website', 'custom_data', jsonb_build_object('value', 50, 'currency', 'USD', 'content_ids', '["7001"]'::jsonb)),
      c.received_at
    FROM conversion c WHERE c.store_id = ${store.id}::bigint`;
  await prisma.$executeRaw`
    INSERT INTO browser_report (store_id, order_id, checkout_token_hash, received_at, document, answer, copy, answered_at, outcome,
      outcome_at, conversion_id)
    SELECT c.store_id, c.order_id, 'hash' || c.order_number, c.paid_at + interval '4 seconds',
      jsonb_build_object('clientTime', extract(epoch FROM c.paid_at)::bigint * 1000 + 4000), 'fire',
      jsonb_build_object('eventId', c.event_id, 'eventTime', extract(epoch FROM c.event_time)::bigint, 'value', 50,
        'currency', 'USD', 'contentIds', '["7001"]'::jsonb),
      c.paid_at + interval '5 seconds', 'sent', c.paid_at + interval '6 seconds', c.id
    FROM conversion c WHERE c.store_id = ${store.id}::bigint AND c.pairing = 'paired'`;
  await prisma.$executeRaw`
    INSERT INTO attempt (store_id, dataset_id, started_at, duration_ms, events, http_status, class)
    SELECT c.store_id, ${datasetRow}::bigint, c.paid_at + interval '10 seconds', 200, 1, 200, 'ok'
    FROM conversion c WHERE c.store_id = ${store.id}::bigint`;
  await prisma.$executeRaw`
    INSERT INTO score_snapshot (store_id, dataset_id, day, taken_at, quality, score)
    SELECT ${store.id}::bigint, ${datasetRow}::bigint, day, day + interval '8 hours', ${JSON.stringify(HEALTHY_QUALITY)}::jsonb, 8.8
    FROM generate_series(${new Date(NOW - 30 * DAY_MS)}::date::timestamp, ${new Date(NOW)}::date::timestamp, interval '1 day') AS day`;
  await prisma.heartbeat.create({
    data: {
      storeId: store.id,
      theme: "1",
      version: "9.9.9",
      lastSeenAt: new Date(NOW - 3_600_000),
      beats: 500,
    },
  });
  await prisma.$executeRaw`
    INSERT INTO shopify_day (store_id, day, orders, amount, currency, refunded, asked_at)
    SELECT store_id, paid_day, count(*)::int, sum(shop_value), 'USD', 0, ${new Date(NOW - 3_600_000)}::timestamptz
    FROM conversion WHERE store_id = ${store.id}::bigint AND paid_day < ${new Date(NOW)}::date GROUP BY 1, 2`;
  for (let back = 7; back >= 0; back -= 1)
    await countFunnel(
      { prisma },
      {
        storeId: store.id,
        datasetId: datasetRow,
        day: new Date(NOW - back * DAY_MS).toISOString().slice(0, 10),
      },
      HEALTHY_EVENTS,
    );
  return { storeId: store.id, datasetRow, last };
}

/** A day's counts of the events that a new store sends twice: 8 of 10 with both copies, none refused. */
const HEALTHY_EVENTS = Object.fromEntries(
  ["ViewContent", "AddToCart", "InitiateCheckout"].flatMap((event) => [
    [`${event}:taken`, 100],
    [`${event}:paired`, 80],
    [`${event}:server_only`, 20],
    [`${event}:fbp`, 95],
  ]),
);

/** Of this store no audit ends that has something to write down. */
export async function breakAudit({ prisma }: Database, storeId: bigint): Promise<void> {
  await prisma.$executeRawUnsafe(`
    CREATE OR REPLACE FUNCTION refuse_finding() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'no finding of this store is written'; END $$`);
  await prisma.$executeRawUnsafe(`
    CREATE TRIGGER refuse_finding_${storeId} BEFORE INSERT OR UPDATE ON finding
    FOR EACH ROW WHEN (NEW.store_id = ${storeId}) EXECUTE FUNCTION refuse_finding()`);
}

export const HEALTHY_QUALITY = {
  event_name: "Purchase",
  event_match_quality: {
    composite_score: 8.8,
    match_key_feedback: [{ identifier: "email", coverage: { percentage: 98 } }],
    diagnostics: [],
  },
  event_coverage: { percentage: 90, goal_percentage: 75 },
  dedupe_key_feedback: [
    {
      dedupe_key: "event_id",
      browser_events_with_dedupe_key: { percentage: 100 },
      server_events_with_dedupe_key: { percentage: 100 },
    },
  ],
  data_freshness: { upload_frequency: "real_time" },
};

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) | 0, 7);
}

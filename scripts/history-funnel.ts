import { Prisma } from "@prisma/client";

import type { Database } from "#app/platform/database/database.server.ts";
import { keepPartitions } from "#app/funnel/keep-partitions.server.ts";
import { dayIn } from "#app/quality/store-period.ts";
import { seededRandom, type Random } from "#sandbox/shopify/orders/seeded-random.ts";

import { DAY } from "./history-plan.ts";

/** How much of each event a shop has for one of its orders, and what a visit knows by then. */
const EVENTS = [
  { event: "ViewContent", perOrder: 42, keys: { fbp: 0.91, fbc: 0.3, em: 0.06, external_id: 0.05 } },
  { event: "AddToCart", perOrder: 7.5, keys: { fbp: 0.92, fbc: 0.33, em: 0.11, external_id: 0.08 } },
  {
    event: "InitiateCheckout",
    perOrder: 3.1,
    keys: { fbp: 0.93, fbc: 0.36, em: 0.34, external_id: 0.27, ph: 0.12, country: 0.3, zp: 0.28 },
  },
] as const;
type PlannedEvent = (typeof EVENTS)[number];

/** Known of every request. */
const OF_REQUEST = ["client_ip_address", "client_user_agent"];
/** Of the newest days there are events to look at, some of each. */
const KEPT_DAYS = 6;
const ROWS_A_DAY = 12;

export interface FunnelHistory {
  readonly shop: string;
  /** Our row of the dataset; default: the store's first. */
  readonly dataset?: bigint;
  readonly days: number;
  readonly ordersPerDay: number;
  /** Share of visitors with an ad blocker, at the beginning and at the end. */
  readonly adBlockers: readonly [number, number];
  /** Share of server copies that Meta refuses in the last two days. */
  readonly refused?: number;
}

/**
 * The funnel of a store whose orders have been played: counts a day, a few events of the last week, and what Meta says of
 * them. Written as the app keeps them instead of played: a shop has fifty events an order.
 *
 * @param now Unix milliseconds
 */
export async function fillFunnelHistory(
  database: Database,
  history: FunnelHistory,
  now: number,
): Promise<void> {
  const random = seededRandom(history.days + 38);
  const store = await database.prisma.store.findUniqueOrThrow({
    where: { shop: history.shop },
    include: { datasets: { orderBy: { id: "asc" } } },
  });
  await keepPartitions(database, now);
  const first = store.datasets.find(({ id }) => history.dataset === undefined || id === history.dataset);
  if (!first) return;
  const rows: (readonly [day: string, metric: string, label: string, count: number, amount: number])[] = [];
  for (let back = history.days - 1; back >= 0; back -= 1) {
    const at = now - back * DAY;
    const progress = 1 - back / history.days;
    const blocked = history.adBlockers[0] + (history.adBlockers[1] - history.adBlockers[0]) * progress;
    const refused = back < 2 ? (history.refused ?? 0) : 0;
    for (const planned of EVENTS) {
      const counts = drawDay(random, planned, { orders: history.ordersPerDay, blocked, refused });
      for (const [metric, label, count, amount] of counts)
        rows.push([dayIn(store.timeZone, at), metric, label, count, amount]);
      if (back < KEPT_DAYS)
        await writeEvents(database, random, planned, { store, dataset: first, at, blocked, refused });
    }
  }
  await database.prisma.$executeRaw`
    INSERT INTO tally_delta (store_id, dataset_id, day, metric, label, currency, count, amount)
    SELECT ${store.id}::bigint, ${first.id}::bigint, day::date, metric, label,
           CASE WHEN amount > 0 THEN ${store.currency ?? ""}::text ELSE '' END, count, amount
    FROM jsonb_to_recordset(${JSON.stringify(
      rows.map(([day, metric, label, count, amount]) => ({ day, metric, label, count, amount })),
    )}::jsonb) AS counted(day text, metric text, label text, count int, amount float8)`;
  await writeScores(database, first.id);
}

type Counted = readonly (readonly [metric: string, label: string, count: number, amount: number])[];

function drawDay(
  random: Random,
  { event, perOrder, keys }: PlannedEvent,
  { orders, blocked, refused }: { orders: number; blocked: number; refused: number },
): Counted {
  const taken = Math.round(orders * perOrder * (0.85 + 0.3 * random.next()));
  const stopped = Math.round(taken * blocked);
  const failed = Math.round(taken * 0.01);
  const sent = taken - stopped - failed;
  const dead = Math.round(taken * refused);
  const deadSent = Math.min(sent, Math.round((dead * sent) / taken));
  const delivered = taken - dead;
  const carried = Object.entries({ ...keys, ...Object.fromEntries(OF_REQUEST.map((key) => [key, 1])) });
  const counts: Counted = [
    ["funnel", "taken", taken, taken * 38],
    ["funnel", "sent", sent, 0],
    ["funnel", "blocked", stopped, 0],
    ["funnel", "failed", failed, 0],
    ["funnel", "paired", sent - deadSent, 0],
    ["funnel", "server_only", stopped + failed - (dead - deadSent), 0],
    ["funnel", "browser_only", deadSent, 0],
    ["funnel", "neither", dead - deadSent, 0],
    ["funnel", "dead:payload", dead, 0],
    ...carried.map(([key, share]) => ["funnel_key", key, Math.round(delivered * share), 0] as const),
  ];
  return counts
    .filter(([, , count]) => count > 0)
    .map(([metric, label, count, amount]) => [metric, `${event}:${label}`, count, amount]);
}

async function writeEvents(
  { prisma }: Database,
  random: Random,
  { event, keys }: PlannedEvent,
  of: {
    readonly store: {
      readonly id: bigint;
      readonly currency: string | null;
      readonly storefrontUrl: string | null;
    };
    readonly dataset: { readonly id: bigint };
    readonly at: number;
    readonly blocked: number;
    readonly refused: number;
  },
): Promise<void> {
  const times = Array.from({ length: ROWS_A_DAY }, () => of.at - random.int(60_000, DAY / 2)).sort(
    (a, b) => a - b,
  );
  const page = new URL("/products/travel-mug", of.store.storefrontUrl ?? "https://shop.example").href;
  for (const at of times) {
    const known = Object.entries(keys).flatMap(([key, share]) => (random.chance(share) ? [key] : []));
    const value = random.int(900, 9_900) / 100;
    const eventId = `sh-${random.text(8)}-${random.text(4)}-${random.text(12)}`;
    const isRefused = random.chance(of.refused);
    const custom = {
      ...{ content_ids: ["7982301"], content_type: "product", content_name: "Travel mug" },
      ...{ value, currency: of.store.currency ?? "USD", num_items: 1 },
    };
    await prisma.funnelEvent.create({
      data: {
        day: new Date(new Date(at).toISOString().slice(0, 10)),
        storeId: of.store.id,
        datasetId: of.dataset.id,
        eventName: event,
        eventId,
        eventTime: new Date(at),
        receivedAt: new Date(at + 1_500),
        outcome: random.chance(of.blocked) ? "blocked" : random.chance(0.01) ? "failed" : "sent",
        state: isRefused ? "dead" : "delivered",
        attempts: 1,
        value,
        currency: of.store.currency,
        keys: [...known, ...OF_REQUEST],
        payload: {
          ...{ event_name: event, event_id: eventId, event_time: Math.floor(at / 1000) },
          ...{ action_source: "website", event_source_url: page, custom_data: custom },
        },
        ...(isRefused && { lastClass: "payload", lastCode: 100, lastMessage: "Invalid parameter" }),
        settledAt: new Date(at + 8_000),
      },
    });
  }
}

/** Beside each reading of the score of purchases. */
async function writeScores({ prisma }: Database, datasetId: bigint): Promise<void> {
  const entry = (name: string, score: number, email: number) => ({
    event_name: name,
    event_match_quality: {
      composite_score: score,
      match_key_feedback: [
        { identifier: "email", coverage: { percentage: email } },
        { identifier: "fbp", coverage: { percentage: 90.4 } },
      ],
      diagnostics: [],
    },
    event_coverage: { percentage: 86, goal_percentage: 75 },
    dedupe_key_feedback: [
      { dedupe_key: "event_id", overall_browser_coverage_from_dedupe_key: { percentage: 84.2 } },
    ],
  });
  const others = [
    entry("InitiateCheckout", 7.4, 33.1),
    entry("AddToCart", 6.9, 10.8),
    entry("ViewContent", 6.3, 5.7),
    { event_name: "PageView", event_match_quality: { composite_score: 5.9 } },
  ];
  await prisma.scoreSnapshot.updateMany({
    where: { datasetId, quality: { not: Prisma.DbNull } },
    data: { others },
  });
}

import type {
  AuditedDataset,
  AuditedDay,
  AuditedEvent,
  AuditedEventDay,
  AuditedStore,
  AuditFacts,
} from "#app/audit/facts/audit-facts.ts";
import type {
  AuditedBrowserCopy,
  AuditedOrder,
  AuditedServerCopy,
  SentCopy,
} from "#app/audit/facts/audited-order.ts";
import type { DatasetScore } from "#app/quality/dataset-score.ts";
import type { Sighting } from "#app/pairing/sightings/sighting.ts";
import type { Sum } from "#app/quality/sum-tallies.ts";

export const NOW = Date.parse("2026-11-26T12:00:00Z");
const DAY_MS = 86_400_000;
const KEYS = [
  "em",
  "ph",
  "fn",
  "ln",
  "ct",
  "st",
  "zp",
  "country",
  "external_id",
  "fbp",
  "client_ip_address",
  "client_user_agent",
];

/** The day so many days ago, YYYY-MM-DD. */
export const daysAgo = (days: number): string => new Date(NOW - days * DAY_MS).toISOString().slice(0, 10);

export const sum = (count: number): Sum => ({
  count,
  worth: count === 0 ? [] : [{ currency: "USD", amount: count * 50 }],
});

/** A paid web order whose two copies met, `minutes` ago. */
export function healthyOrder(
  number: number,
  minutes: number,
  change: Partial<AuditedOrder> = {},
): AuditedOrder {
  const paidAt = NOW - minutes * 60_000;
  const copy = {
    eventName: "Purchase",
    eventId: String(number),
    eventTime: paidAt,
    actionSource: "website",
    value: 50,
    currency: "USD",
    contentIds: ["7001"],
    externalIds: null,
  };
  return {
    ref: String(number),
    orderId: String(6_100_000_000_000 + number),
    name: `#${number}`,
    day: new Date(paidAt).toISOString().slice(0, 10),
    source: "web",
    hasBrowserCopy: true,
    isTest: false,
    eventId: String(number),
    eventTime: paidAt,
    paidAt,
    receivedAt: paidAt + 3_000,
    via: "webhook",
    value: 50,
    currency: "USD",
    worth: { currency: "USD", amount: 50 },
    country: "US",
    keys: KEYS,
    dropped: [],
    landedByAd: false,
    consent: "send",
    pairing: "paired",
    server: [healthyCopy(paidAt, copy)],
    browser: {
      receivedAt: paidAt + 4_000,
      answer: "fire",
      outcome: "fired",
      outcomeAt: paidAt + 6_000,
      clockAhead: 0,
      copy,
    },
    browserSends: 1,
    ...change,
  };
}

function healthyCopy(paidAt: number, sent: NonNullable<AuditedServerCopy["sent"]>): AuditedServerCopy {
  return {
    dataset: "1",
    state: "delivered",
    skipReason: null,
    failure: null,
    firstSentAt: paidAt + 10_000,
    askedAt: null,
    expiresAt: paidAt + 7 * DAY_MS,
    keys: KEYS,
    sent,
  };
}

/** The facts with the newest `count` orders changed. */
export function withOrders(
  facts: AuditFacts,
  count: number,
  change: (order: AuditedOrder, index: number) => AuditedOrder,
): AuditFacts {
  const list = facts.orders.list.map((order, index) => (index < count ? change(order, index) : order));
  return { ...facts, orders: { ...facts.orders, list } };
}

/** The facts with their newest `count` days changed. */
export function withDays(
  facts: AuditFacts,
  count: number,
  change: (day: AuditedDay) => AuditedDay,
): AuditFacts {
  const { length } = facts.days;
  return { ...facts, days: facts.days.map((day, index) => (index >= length - count ? change(day) : day)) };
}

/** Eight days of an event: 8 of 10 with both copies, the others from the server alone. */
function healthyEvent(event: string, perDay: number): AuditedEvent {
  const serverOnly = Math.round(perDay / 5);
  return {
    event,
    copies: "both",
    days: Array.from({ length: 8 }, (_, index) => ({
      day: daysAgo(7 - index),
      taken: perDay,
      paired: perDay - serverOnly,
      serverOnly,
      browserOnly: 0,
      neither: 0,
      refused: {},
      shed: 0,
      keys: { fbp: perDay, client_ip_address: perDay, client_user_agent: perDay },
    })),
  };
}

/** The facts with the newest `count` days of one event changed. */
export function withEvent(
  facts: AuditFacts,
  name: string,
  count: number,
  change: (day: AuditedEventDay) => AuditedEventDay,
): AuditFacts {
  const funnel = facts.funnel?.map((each) =>
    each.event === name
      ? {
          ...each,
          days: each.days.map((day, index) => (index >= each.days.length - count ? change(day) : day)),
        }
      : each,
  );
  return { ...facts, funnel: funnel ?? null };
}

/** The facts with their only dataset changed. */
export function withDataset(facts: AuditFacts, change: Partial<AuditedDataset>): AuditFacts {
  return { ...facts, datasets: facts.datasets.map((each) => ({ ...each, ...change })) };
}

/** The facts with what Meta said last about an event changed. */
export function withScore(
  facts: AuditFacts,
  change: Partial<DatasetScore>,
  last = 1,
  event = "Purchase",
): AuditFacts {
  return {
    ...facts,
    datasets: facts.datasets.map((dataset) => ({
      ...dataset,
      snapshots: dataset.snapshots.map((snapshot, index) =>
        index < dataset.snapshots.length - last
          ? snapshot
          : {
              ...snapshot,
              events: {
                ...snapshot.events,
                [event]: {
                  keys: [],
                  diagnostics: [],
                  dedupe: [],
                  ...snapshot.events[event],
                  ...change,
                },
              },
            },
      ),
    })),
  };
}

/** A store whose pages said something of a sender. */
export function withSightings(facts: AuditFacts, ...sightings: readonly Sighting[]): AuditFacts {
  return { ...facts, storefront: facts.storefront && { ...facts.storefront, sightings } };
}

/** The channel on the healthy store's dataset, believed for three days. */
export function sighting(change: Partial<Sighting> = {}): Sighting {
  return {
    kind: "app_pixel",
    sender: "channel",
    pixelId: "900000000000001",
    sharing: null,
    firstSeen: NOW - 3 * DAY_MS,
    lastSeen: NOW - 3_600_000,
    hours: 40,
    ofHours: 48,
    isCredible: true,
    isGone: false,
    isPending: false,
    ...change,
  };
}

export function withStore(facts: AuditFacts, change: Partial<AuditedStore>): AuditFacts {
  return facts.store ? { ...facts, store: { ...facts.store, ...change } } : facts;
}

/** An order with its server copy's event changed, as it was sent. */
export function withSent(order: AuditedOrder, change: Partial<SentCopy>): AuditedOrder {
  return {
    ...order,
    server: order.server.map((each) => ({ ...each, sent: each.sent && { ...each.sent, ...change } })),
  };
}

/** An order with what its browser did changed. */
export function withBrowser(order: AuditedOrder, change: Partial<AuditedBrowserCopy>): AuditedOrder {
  return { ...order, browser: order.browser && { ...order.browser, ...change } };
}

/** An order of which the only server copy is as given, the rest healthy. */
export function withServer(order: AuditedOrder, change: Partial<AuditedServerCopy>): AuditedOrder {
  return { ...order, server: order.server.map((each) => ({ ...each, ...change })) };
}

export function healthyDataset(change: Partial<AuditedDataset> = {}): AuditedDataset {
  return {
    row: "1",
    datasetId: "900000000000001",
    label: "Main",
    state: "active",
    hasToken: true,
    checkResult: "ok",
    checkedAt: NOW - DAY_MS,
    lastSentAt: NOW - 60_000,
    held: null,
    tokenExpiresAt: 0,
    connectedAt: NOW - 120 * DAY_MS,
    expiringSoon: 0,
    snapshots: Array.from({ length: 28 }, (_, index) => ({
      day: daysAgo(27 - index),
      takenAt: NOW - (27 - index) * DAY_MS,
      problem: null,
      events: {
        Purchase: {
          score: 8.8,
          keys: [{ identifier: "email", percentage: 98 }],
          diagnostics: [],
          coverage: 90,
          coverageGoal: 75,
          dedupe: [{ key: "event_id", browser: 100, server: 100, overall: 90 }],
          freshness: "real_time",
        },
      },
      ours: null,
    })),
    ...change,
  };
}

/** One day of a store with one dataset: 9 of 10 orders by the web, 9 of 10 of these with both copies. */
export function healthyDay(day: string, orders: number, change: Partial<AuditedDay> = {}): AuditedDay {
  const web = Math.round(orders * 0.9);
  const paired = Math.round(web * 0.9);
  return {
    day,
    orders: sum(orders),
    pairing: {
      paired: sum(paired),
      server_only: sum(web - paired),
      browser_only: sum(0),
      mismatched: sum(0),
      pending: sum(0),
    },
    datasets: {
      "1": {
        delivered: sum(orders),
        open: sum(0),
        failed: sum(0),
        skipped: {},
        keys: Object.fromEntries(KEYS.map((key) => [key, orders])),
        requests: { ok: orders },
      },
    },
    ...change,
  };
}

/**
 * 90 days of a store in which nothing is wrong, and its newest 200 orders at most. A test changes one thing.
 * @param ordersPerDay of a small (3), a medium (40) or a large store (4,000)
 */
export function healthyFacts(ordersPerDay = 40, change: Partial<AuditFacts> = {}): AuditFacts {
  const apart = (24 * 60) / ordersPerDay;
  const list = Array.from({ length: Math.min(200, ordersPerDay * 28) }, (_, index) =>
    healthyOrder(5000 - index, 30 + Math.round(index * apart)),
  );
  return {
    now: NOW,
    today: daysAgo(0),
    store: {
      shop: "healthy.myshopify.com",
      country: "US",
      currency: "USD",
      eventIdRule: "order_number",
      valueBasis: "total",
      contentId: "product",
      consentPolicy: "regional",
      installedAt: NOW - 120 * DAY_MS,
      sourcesOn: ["web", "pos", "draft", "other"],
      hasTestCode: false,
      testCodeUntil: null,
      sweepProblem: null,
      sweptThrough: NOW - 10 * 60_000,
      setAside: 0,
      webPixel: { state: "connected", problem: null, at: NOW - 100 * DAY_MS },
      webPixelSharing: { state: "ALWAYS_ON", at: NOW - 3_600_000 },
      consentCountries: [],
      ruleChangedAt: null,
    },
    datasets: [healthyDataset()],
    sharedDatasets: [],
    storefront: {
      lastHeartbeat: NOW - 3_600_000,
      version: "1.0.0",
      newestVersion: "1.0.0",
      sightings: [],
      told: ["list", "server", "page"],
    },
    days: Array.from({ length: 91 }, (_, index) => healthyDay(daysAgo(90 - index), ordersPerDay)),
    funnel: [
      healthyEvent("InitiateCheckout", ordersPerDay * 3),
      healthyEvent("AddToCart", ordersPerDay * 6),
      healthyEvent("ViewContent", ordersPerDay * 50),
    ],
    orders: { list, isAll: ordersPerDay * 28 <= 200, from: list.at(-1)?.day ?? null },
    strayReports: { count: 0, since: null },
    shopify: Array.from({ length: 31 }, (_, index) => ({
      day: daysAgo(30 - index),
      orders: ordersPerDay,
      worth: { currency: "USD", amount: ordersPerDay * 50 },
      refunded: 0,
      askedAt: NOW - 3_600_000,
    })),
    received: null,
    apiDaysLeft: 500,
    ...change,
  };
}

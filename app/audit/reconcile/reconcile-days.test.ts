import { expect, it } from "vitest";

import { daysAgo, healthyDay } from "#tests/setup/healthy-facts.ts";

import type { ReceivedDay, ShopifyDay } from "../facts/audit-facts.ts";
import { findMissingOrders } from "./find-missing-orders.ts";
import { reconcileDays, type DaysToReconcile } from "./reconcile-days.ts";

const sum = (count: number) => ({
  count,
  worth: count === 0 ? [] : [{ currency: "USD", amount: count * 50 }],
});
const asked = (ago: number, orders: number, change: Partial<ShopifyDay> = {}): ShopifyDay => ({
  day: daysAgo(ago),
  orders,
  worth: { currency: "USD", amount: orders * 50 },
  askedAt: 0,
  refunded: null,
  ...change,
});
const told = (ago: number, change: Partial<ReceivedDay>): ReceivedDay => ({
  day: daysAgo(ago),
  datasetId: "900000000000001",
  eventName: "Purchase",
  browser: null,
  server: null,
  total: 40,
  worth: null,
  ...change,
});

/** Three days of 40 orders, two of them over. */
const reconcile = (change: Partial<DaysToReconcile> = {}) =>
  reconcileDays({
    days: [2, 1, 0].map((ago) => healthyDay(daysAgo(ago), 40)),
    today: daysAgo(0),
    dataset: "1",
    shopify: [asked(2, 40), asked(1, 40)],
    received: [],
    ...change,
  });

it("puts the counts of each day side by side; what is not known is null and never 0", () => {
  const [first, , today] = reconcile({ received: [told(2, { browser: 30, server: 40, total: 70 })] });
  expect(first).toEqual({
    day: daysAgo(2),
    shopify: asked(2, 40),
    taken: sum(40),
    sent: sum(40),
    skipped: [],
    open: 0,
    failed: 0,
    before: 0,
    received: told(2, { browser: 30, server: 40, total: 70 }),
    odd: [],
  });
  expect([today?.shopify, today?.received, today?.odd]).toEqual([null, null, []]);
});

it("tells skipped orders by reason, most first, without test orders, and those before the dataset apart", () => {
  const day = healthyDay(daysAgo(1), 40, {
    datasets: {
      "1": {
        delivered: sum(20),
        open: sum(2),
        failed: sum(1),
        skipped: { too_old: sum(3), no_consent: sum(7), test_order: sum(4) },
        keys: {},
        requests: {},
      },
    },
  });
  const [only] = reconcile({ days: [day] });
  expect(only).toMatchObject({
    skipped: [
      { reason: "no_consent", count: 7 },
      { reason: "too_old", count: 3 },
    ],
    open: 2,
    failed: 1,
    before: 7,
    odd: [{ kind: "failed", count: 1 }],
  });
});

it("marks a day on which Shopify has a single order more", () => {
  expect(reconcile({ shopify: [asked(2, 40), asked(1, 41)] }).map(({ odd }) => odd)).toEqual([
    [],
    [{ kind: "missing", count: 1 }],
    [],
  ]);
});

it("marks a large store's day above a tenth only", () => {
  const counted = (orders: number) =>
    reconcile({ shopify: [asked(2, orders, { worth: null }), asked(1, 40, { worth: null })] })[0]?.odd;
  expect(counted(44)).toEqual([]);
  expect(counted(45)).toEqual([{ kind: "missing", count: 5 }]);
});

it("marks a day of which Meta's count differs by more than a tenth", () => {
  const odd = (change: Partial<ReceivedDay>, ago = 1) =>
    reconcile({ received: [told(ago, change)] }).flatMap((day) => day.odd);
  expect(odd({ server: 44 })).toEqual([]);
  expect(odd({ server: 45 })).toEqual([{ kind: "received_more", received: 45, ours: 40 }]);
  expect(odd({ server: 35 })).toEqual([{ kind: "received_fewer", received: 35, ours: 40 }]);
  // One number for both ways: 40 of the server, 32 of browsers.
  expect(odd({ total: 79 })).toEqual([]);
  expect(odd({ total: 80 })).toEqual([{ kind: "received_more", received: 80, ours: 72 }]);
  // The day is not over, and another event is none of ours.
  expect(odd({ server: 10 }, 0)).toEqual([]);
  expect(odd({ server: 10, eventName: "Lead" })).toEqual([]);
});

it.each([
  ["a day that lacks one", [[5, 4]], [1]],
  [
    "a day too many after it",
    [
      [5, 4],
      [5, 6],
    ],
    [0, 0],
  ],
  [
    "a day too many before it",
    [
      [5, 6],
      [5, 4],
    ],
    [0, 0],
  ],
  [
    "one day too many between two that lack one",
    [
      [5, 4],
      [5, 6],
      [5, 4],
    ],
    [0, 0, 1],
  ],
  [
    "a day too many that is not its neighbour",
    [
      [5, 4],
      [5, 5],
      [5, 6],
    ],
    [1, 0, 0],
  ],
  ["a neighbour that is not known", [[5, 4], null], [1, 0]],
] as const)("finds what is missing on %s", (_, counts, expected) => {
  const days = counts.map((each) => (each ? { shopify: each[0], taken: each[1] } : null));
  expect(findMissingOrders(days)).toEqual(expected);
});

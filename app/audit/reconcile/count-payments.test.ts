import { expect, it } from "vitest";

import { countPayments, readPayments, type Payment } from "./count-payments.ts";

const SPAN = { from: "2026-11-24", to: "2026-11-26" };
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
const paid = (orderId: string, at: string, change: Partial<Payment> = {}): Payment => ({
  orderId,
  paidAt: Date.parse(at),
  amount: 10.5,
  currency: "USD",
  refunded: 0,
  ...change,
});

it("counts payments by day, an order that was listed twice once, and none outside of the days", () => {
  const payments = [
    paid("1", "2026-11-24T10:00:00Z"),
    paid("2", "2026-11-24T11:00:00Z"),
    paid("2", "2026-11-24T11:00:00Z"),
    paid("3", "2026-11-26T23:59:59Z", { amount: 4 }),
    paid("4", "2026-11-23T23:59:59Z"),
    paid("5", "2026-11-27T00:00:00Z"),
  ];
  expect(countPayments(payments, SPAN, dayOf)).toEqual([
    { day: "2026-11-24", orders: 2, amount: 21, currency: "USD", refunded: 0 },
    { day: "2026-11-25", orders: 0, amount: null, currency: null, refunded: null },
    { day: "2026-11-26", orders: 1, amount: 4, currency: "USD", refunded: 0 },
  ]);
});

it("adds up nothing where an amount is not known, or amounts are of several currencies", () => {
  const payments = [
    paid("1", "2026-11-24T10:00:00Z"),
    paid("2", "2026-11-24T11:00:00Z", { amount: null }),
    paid("3", "2026-11-25T11:00:00Z"),
    paid("4", "2026-11-25T11:00:00Z", { currency: "EUR" }),
  ];
  expect(countPayments(payments, SPAN, dayOf).map(({ orders, amount }) => [orders, amount])).toEqual([
    [2, null],
    [2, null],
    [0, null],
  ]);
});

const node = (change: object = {}) => ({
  legacyResourceId: "6100000000001",
  test: false,
  createdAt: "2026-11-20T10:00:00Z",
  processedAt: "2026-11-20T10:00:00Z",
  totalPriceSet: { shopMoney: { amount: "38.36", currencyCode: "USD" } },
  currentTotalPriceSet: { shopMoney: { amount: "38.36" } },
  transactions: [
    { kind: "AUTHORIZATION", status: "SUCCESS", processedAt: "2026-11-20T10:00:00Z" },
    { kind: "CAPTURE", status: "SUCCESS", processedAt: "2026-11-24T10:00:00Z" },
    { kind: "REFUND", status: "SUCCESS", processedAt: "2026-11-25T10:00:00Z" },
  ],
  ...change,
});
const LAST = { hasNextPage: false, endCursor: null };

it("takes the day of the payment, not that of the order or of a refund", () => {
  expect(readPayments({ orders: { nodes: [node()], pageInfo: LAST } })).toEqual({
    payments: [
      {
        orderId: "6100000000001",
        paidAt: Date.parse("2026-11-24T10:00:00Z"),
        amount: 38.36,
        currency: "USD",
        refunded: 0,
      },
    ],
    next: null,
  });
});

it.each([
  ["0.36", 38],
  ["0.0", 38.36],
  ["40.00", 0],
  [undefined, null],
])("reads what was given back where %s of 38.36 is left: %s", (left, refunded) => {
  const nodes = [node({ currentTotalPriceSet: left === undefined ? null : { shopMoney: { amount: left } } })];
  expect(readPayments({ orders: { nodes, pageInfo: LAST } })?.payments[0]?.refunded).toBe(refunded);
});

it("takes a free order as paid when it was placed, and no test order", () => {
  const nodes = [node({ transactions: [] }), node({ test: true })];
  const page = readPayments({ orders: { nodes, pageInfo: LAST } });
  expect(page?.payments.map(({ paidAt }) => paidAt)).toEqual([Date.parse("2026-11-20T10:00:00Z")]);
});

it.each([
  ["no list", { orders: null }],
  ["no word on whether more follow", { orders: { nodes: [], pageInfo: null } }],
  ["an order without an ID", { orders: { nodes: [node({ legacyResourceId: null })], pageInfo: LAST } }],
  ["an entry that could not be read", { orders: { nodes: [null], pageInfo: LAST } }],
  [
    "an order without a time",
    {
      orders: {
        nodes: [node({ transactions: null, processedAt: null, createdAt: null })],
        pageInfo: LAST,
      },
    },
  ],
])("reads nothing from a page with %s", (_, answer) => {
  expect(readPayments(answer)).toBeUndefined();
});

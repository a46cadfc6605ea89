import { expect, it } from "vitest";

import { daysAgo, healthyFacts } from "#tests/setup/healthy-facts.ts";

import type { AuditFacts } from "../../facts/audit-facts.ts";
import { paidNotTakenIn } from "./check.ts";

/** 40 orders a day here; `more` at Shopify, by days ago. */
function withMore(more: Readonly<Record<number, number>>, change: Partial<AuditFacts> = {}): AuditFacts {
  const facts = healthyFacts(40, change);
  return {
    ...facts,
    shopify: (facts.shopify ?? []).map((day) => {
      const [, count = 0] = Object.entries(more).find(([ago]) => daysAgo(Number(ago)) === day.day) ?? [];
      return { ...day, orders: 40 + count, worth: { currency: "USD", amount: (40 + count) * 50 } };
    }),
  };
}

it("fails for a single order that is missing, on its day, with what such orders are worth", () => {
  expect(paidNotTakenIn.judge(withMore({ 3: 1 }), false)).toMatchObject({
    kind: "fails",
    severity: "high",
    certainty: "proven",
    since: daysAgo(3),
    orders: 1,
    worth: [{ currency: "USD", amount: 50 }],
    evidence: [{ values: { day: daysAgo(3), shopify: 41, taken: 40 }, url: "/app/audit/orders" }],
  });
});

it("is critical from 1 % on", () => {
  // 30 days of 40 orders and 12 more.
  expect(paidNotTakenIn.judge(withMore({ 3: 13 }), false)).toMatchObject({ severity: "critical" });
});

it("holds where an order counts on the day before or after", () => {
  expect(paidNotTakenIn.judge(withMore({ 3: 1, 2: -1 }), false).kind).toBe("holds");
  expect(paidNotTakenIn.judge(withMore({ 3: 1, 4: -1 }), false).kind).toBe("holds");
  expect(paidNotTakenIn.judge(withMore({ 3: 1, 5: -1 }), false).kind).toBe("fails");
  expect(paidNotTakenIn.judge(withMore({ 3: 2, 2: -1 }), false)).toMatchObject({ orders: 1 });
});

it("says nothing of today, and of days that Tandem was not there", () => {
  expect(paidNotTakenIn.judge(withMore({ 0: 9 }), false).kind).toBe("holds");
  const facts = withMore({ 20: 9 });
  expect(paidNotTakenIn.judge({ ...facts, days: facts.days.slice(-10) }, false).kind).toBe("holds");
});

it("allows a large store's late payments 1 % of the month", () => {
  const large = (missing: number) => {
    const facts = withMore({ 3: missing });
    return { ...facts, shopify: (facts.shopify ?? []).map((day) => ({ ...day, worth: null })) };
  };
  // 1,200 orders and the missing ones, today left out.
  expect(paidNotTakenIn.judge(large(12), false).kind).toBe("holds");
  expect(paidNotTakenIn.judge(large(13), false)).toMatchObject({
    kind: "fails",
    certainty: "likely",
    orders: 13,
    worth: [],
  });
  expect(paidNotTakenIn.judge(large(10), true).kind).toBe("fails");
  expect(paidNotTakenIn.judge(large(9), true).kind).toBe("holds");
});

it("does not know where Shopify was not asked", () => {
  expect(paidNotTakenIn.judge(healthyFacts(40, { shopify: null }), false)).toEqual({
    kind: "not_known",
    why: "not_asked",
  });
});

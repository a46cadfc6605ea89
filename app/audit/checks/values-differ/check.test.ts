import { expect, it } from "vitest";

import { healthyFacts, withOrders, withSent } from "#tests/setup/healthy-facts.ts";

import { valuesDiffer } from "./check.ts";

it.each([{ value: 49.99 }, { currency: "EUR" }, { contentIds: ["8001"] }])(
  "fails when the server said %o",
  (change) => {
    const facts = withOrders(healthyFacts(), 1, (order) => withSent(order, change));
    expect(valuesDiffer.judge(facts, false)).toMatchObject({ kind: "fails", orders: 1 });
  },
);

it("holds when they agree, and when one says nothing", () => {
  expect(valuesDiffer.judge(healthyFacts(), false).kind).toBe("holds");
  const silent = withOrders(healthyFacts(), 1, (order) => withSent(order, { contentIds: null }));
  expect(valuesDiffer.judge(silent, false).kind).toBe("holds");
});

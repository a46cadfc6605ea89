import { expect, it } from "vitest";

import { healthyFacts, withOrders } from "#tests/setup/healthy-facts.ts";

import { moneyOdd } from "./check.ts";

const valued = (count: number, value: number) =>
  withOrders(healthyFacts(), count, (order) => ({ ...order, value }));

it("fails above 5 % of orders worth nothing and holds at 5 %", () => {
  expect(moneyOdd.judge(valued(11, 0), false)).toMatchObject({ kind: "fails", orders: 11 });
  expect(moneyOdd.judge(valued(10, 0), false).kind).toBe("holds");
});

it("fails for three orders above 20 times the median and holds for two, or for 20 times", () => {
  expect(moneyOdd.judge(valued(3, 1001), false)).toMatchObject({
    kind: "fails",
    certainty: "likely",
    orders: 3,
  });
  expect(moneyOdd.judge(valued(2, 5000), false).kind).toBe("holds");
  expect(moneyOdd.judge(valued(5, 1000), false).kind).toBe("holds");
});

it("fails for a currency that is none", () => {
  const facts = withOrders(healthyFacts(), 1, (order) => ({ ...order, currency: "usd" }));
  expect(moneyOdd.judge(facts, false)).toMatchObject({ kind: "fails", orders: 1 });
});

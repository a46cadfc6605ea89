import { expect, it } from "vitest";

import { healthyFacts, withOrders, withServer } from "#tests/setup/healthy-facts.ts";

import { fbpCoverage } from "./check.ts";

const without = (count: number) =>
  withOrders(healthyFacts(), count, (order) => withServer(order, { keys: ["em"] }));

it("fails below 70 %", () => {
  expect(fbpCoverage.judge(without(61), false)).toMatchObject({
    kind: "fails",
    orders: 61,
  });
});

it("holds at 70 %", () => {
  expect(fbpCoverage.judge(without(60), false).kind).toBe("holds");
});

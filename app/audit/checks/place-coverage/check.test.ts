import { expect, it } from "vitest";

import { healthyFacts, withOrders, withServer } from "#tests/setup/healthy-facts.ts";

import { placeCoverage } from "./check.ts";

const without = (count: number, keys: readonly string[]) =>
  withOrders(healthyFacts(), count, (order) => withServer(order, { keys }));

it("fails when more than a tenth has neither city nor postcode", () => {
  expect(placeCoverage.judge(without(21, ["em", "country"]), false)).toMatchObject({
    kind: "fails",
    orders: 21,
  });
});

it("holds at a tenth, and where only the postcode is missing", () => {
  expect(placeCoverage.judge(without(20, ["em"]), false).kind).toBe("holds");
  expect(placeCoverage.judge(without(200, ["em", "country", "ct"]), false).kind).toBe("holds");
});

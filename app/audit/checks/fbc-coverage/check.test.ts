import { expect, it } from "vitest";

import { healthyFacts, withOrders, withServer } from "#tests/setup/healthy-facts.ts";

import { fbcCoverage } from "./check.ts";

/** 40 orders by way of an ad, `bare` of them without the click ID. */
const clicked = (bare: number) =>
  withOrders(healthyFacts(), 40, (order, index) => ({
    ...withServer(order, { keys: index < bare ? ["em"] : ["em", "fbc"] }),
    landedByAd: true,
  }));

it("fails below 90 %", () => {
  expect(fbcCoverage.judge(clicked(5), false)).toMatchObject({
    kind: "fails",
    orders: 5,
    values: { share: 0.875 },
  });
});

it("holds at 90 %", () => {
  expect(fbcCoverage.judge(clicked(4), false).kind).toBe("holds");
});

it("says nothing where hardly anybody clicked", () => {
  expect(fbcCoverage.judge(healthyFacts(), false)).toEqual({ kind: "not_known", why: "too_few" });
});

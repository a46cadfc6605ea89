import { expect, it } from "vitest";

import { healthyFacts, withOrders, withServer } from "#tests/setup/healthy-facts.ts";

import { copiesTooFarApart } from "./check.ts";

const apart = (hours: number) =>
  withOrders(healthyFacts(), 1, (order) =>
    withServer(order, { firstSentAt: order.paidAt + hours * 3_600_000 }),
  );

it("fails for one pair 48 hours apart", () => {
  expect(copiesTooFarApart.judge(apart(48), false)).toMatchObject({
    kind: "fails",
    severity: "critical",
    orders: 1,
  });
});

it("holds at 46 hours", () => {
  expect(copiesTooFarApart.judge(apart(46), false).kind).toBe("holds");
});

import { expect, it } from "vitest";

import { healthyFacts, withOrders } from "#tests/setup/healthy-facts.ts";

import { webhookLate } from "./check.ts";

it("fails when the sweep found more than 1 % of the orders", () => {
  const facts = withOrders(healthyFacts(), 3, (order) => ({ ...order, via: "sweep" }));
  expect(webhookLate.judge(facts, false)).toMatchObject({ kind: "fails", severity: "high", orders: 3 });
});

it("holds when it found 1 %", () => {
  const facts = withOrders(healthyFacts(), 2, (order) => ({ ...order, via: "sweep" }));
  expect(webhookLate.judge(facts, false).kind).toBe("holds");
});

it("fails when more than one webhook in 20 is late, and not for exactly one", () => {
  const late = (count: number) =>
    withOrders(healthyFacts(), count, (order) => ({ ...order, receivedAt: order.paidAt + 6 * 60_000 }));
  expect(webhookLate.judge(late(11), false)).toMatchObject({ kind: "fails", severity: "medium", orders: 11 });
  expect(webhookLate.judge(late(10), false).kind).toBe("holds");
});

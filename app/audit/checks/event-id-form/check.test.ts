import { expect, it } from "vitest";

import { healthyFacts, withOrders, withSent } from "#tests/setup/healthy-facts.ts";

import { eventIdForm } from "./check.ts";

it.each(["#5000", "order_5000", "6100000005000"])("fails when the server sent %s for 5000", (eventId) => {
  const facts = withOrders(healthyFacts(), 1, (order) => withSent(order, { eventId }));
  expect(eventIdForm.judge(facts, false)).toMatchObject({ kind: "fails", severity: "critical", orders: 1 });
});

it("holds when both agree, and when only one of them left", () => {
  expect(eventIdForm.judge(healthyFacts(), false).kind).toBe("holds");
  const alone = withOrders(healthyFacts(), 5, (order) => ({
    ...withSent(order, { eventId: "x" }),
    browser: null,
  }));
  expect(eventIdForm.judge(alone, false).kind).toBe("holds");
});

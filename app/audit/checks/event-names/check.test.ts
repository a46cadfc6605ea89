import { expect, it } from "vitest";

import { healthyFacts, withOrders, withSent } from "#tests/setup/healthy-facts.ts";

import { eventNames } from "./check.ts";

it.each(["purchase", "PURCHASE", "CompletePurchase"])("fails for %s", (eventName) => {
  const facts = withOrders(healthyFacts(), 1, (order) => withSent(order, { eventName }));
  expect(eventNames.judge(facts, false)).toMatchObject({ kind: "fails", orders: 1 });
});

it("holds for Meta's own name", () => {
  expect(eventNames.judge(healthyFacts(), false).kind).toBe("holds");
});

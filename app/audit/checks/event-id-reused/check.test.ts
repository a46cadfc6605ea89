import { expect, it } from "vitest";

import { healthyFacts, withOrders, withSent } from "#tests/setup/healthy-facts.ts";

import { eventIdReused } from "./check.ts";

it("fails when two orders were sent under one ID", () => {
  const facts = withOrders(healthyFacts(), 2, (order) => withSent(order, { eventId: "5000" }));
  expect(eventIdReused.judge(facts, false)).toMatchObject({
    kind: "fails",
    orders: 2,
    worth: [{ currency: "USD", amount: 100 }],
  });
});

it("holds when one of the two never arrived", () => {
  const facts = withOrders(healthyFacts(), 2, (order, index) =>
    index === 0 ? order : { ...withSent(order, { eventId: "5000" }), server: [] },
  );
  expect(eventIdReused.judge(facts, false).kind).toBe("holds");
});

it("holds for a healthy store", () => {
  expect(eventIdReused.judge(healthyFacts(), false).kind).toBe("holds");
});

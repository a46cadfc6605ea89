import { expect, it } from "vitest";

import { healthyFacts, withOrders, withSent } from "#tests/setup/healthy-facts.ts";

import { wrongActionSource } from "./check.ts";

it.each(["pos", "draft", "subscription_renewal"])(
  "fails for a %s sale that was sent as website",
  (source) => {
    const facts = withOrders(healthyFacts(), 1, (order) => ({ ...order, source }));
    expect(wrongActionSource.judge(facts, false)).toMatchObject({ kind: "fails", orders: 1 });
  },
);

it("fails for a test order that was sent at all", () => {
  const facts = withOrders(healthyFacts(), 1, (order) => ({ ...order, isTest: true }));
  expect(wrongActionSource.judge(facts, false).kind).toBe("fails");
});

it("holds for a till's sale that was sent as one", () => {
  const facts = withOrders(healthyFacts(), 5, (order) =>
    withSent({ ...order, source: "pos" }, { actionSource: "physical_store" }),
  );
  expect(wrongActionSource.judge(facts, false).kind).toBe("holds");
});

import { expect, it } from "vitest";

import { healthyFacts, withOrders } from "#tests/setup/healthy-facts.ts";

import { browserSentTwice } from "./check.ts";

it("fails when two browsers sent one order", () => {
  const facts = withOrders(healthyFacts(), 1, (order) => ({ ...order, browserSends: 2 }));
  expect(browserSentTwice.judge(facts, false)).toMatchObject({ kind: "fails", orders: 1 });
});

it("holds when each was sent once", () => {
  expect(browserSentTwice.judge(healthyFacts(), false).kind).toBe("holds");
});

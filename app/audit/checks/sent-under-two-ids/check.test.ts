import { expect, it } from "vitest";

import { healthyFacts, withOrders, withSent } from "#tests/setup/healthy-facts.ts";

import { sentUnderTwoIds } from "./check.ts";

it("fails when one order went to Meta under two IDs", () => {
  const facts = withOrders(healthyFacts(), 2, (order) => ({ ...order, orderId: "6100000005000" }));
  expect(sentUnderTwoIds.judge(facts, false)).toMatchObject({ kind: "fails", orders: 1 });
});

it("holds when it went twice under one ID: Meta sees a repeat", () => {
  const facts = withOrders(healthyFacts(), 2, (order) =>
    withSent({ ...order, orderId: "6100000005000" }, { eventId: "5000" }),
  );
  expect(sentUnderTwoIds.judge(facts, false).kind).toBe("holds");
});

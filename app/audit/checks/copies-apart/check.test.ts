import { expect, it } from "vitest";

import { healthyFacts, withOrders, withBrowser } from "#tests/setup/healthy-facts.ts";

import { copiesApart } from "./check.ts";

const apart = (count: number) =>
  withOrders(healthyFacts(), count, (order) => withBrowser(order, { outcomeAt: order.paidAt + 20 * 60_000 }));

it("fails above 10 % and holds at 10 %", () => {
  expect(copiesApart.judge(apart(21), false)).toMatchObject({ kind: "fails", severity: "low", orders: 21 });
  expect(copiesApart.judge(apart(20), false).kind).toBe("holds");
});

import { expect, it } from "vitest";

import { healthyFacts, withOrders, withServer } from "#tests/setup/healthy-facts.ts";

import { sentLate } from "./check.ts";

const late = (count: number, hours: number) =>
  withOrders(healthyFacts(), count, (order) =>
    withServer(order, { firstSentAt: order.paidAt + hours * 3_600_000 }),
  );

it.each([
  [1.5, "medium"],
  [3, "high"],
  [25, "critical"],
])("fails for orders sent %d hours late: %s", (hours, severity) => {
  expect(sentLate.judge(late(3, hours), false)).toMatchObject({ kind: "fails", severity, orders: 3 });
});

it("holds for 1 % of the orders, and for an hour", () => {
  expect(sentLate.judge(late(2, 25), false).kind).toBe("holds");
  expect(sentLate.judge(late(50, 1), false).kind).toBe("holds");
});

it("leaves out what was sent again by hand", () => {
  const facts = withOrders(healthyFacts(), 10, (order) =>
    withServer(order, { firstSentAt: order.paidAt + 30 * 3_600_000, askedAt: order.paidAt + 29 * 3_600_000 }),
  );
  expect(sentLate.judge(facts, false).kind).toBe("holds");
});

import { expect, it } from "vitest";

import { healthyFacts, withServer } from "#tests/setup/healthy-facts.ts";

import type { AuditFacts } from "../../facts/audit-facts.ts";
import { thinIdentity } from "./check.ts";

/** 200 orders, `thin` of them left out because they name their buyer by too little. */
function withThin(thin: number): AuditFacts {
  const facts = healthyFacts();
  const list = facts.orders.list.map((order, index) =>
    index < thin ? withServer(order, { state: "skipped", skipReason: "thin_identity" }) : order,
  );
  return { ...facts, orders: { ...facts.orders, list } };
}

it("fails above 2 % and says how many orders and how much money", () => {
  expect(thinIdentity.judge(withThin(5), false)).toMatchObject({
    kind: "fails",
    orders: 5,
    worth: [{ currency: "USD", amount: 250 }],
    values: { share: 0.025 },
  });
});

it("holds at 2 %, and once open closes only at 1.5 %", () => {
  expect(thinIdentity.judge(withThin(4), false).kind).toBe("holds");
  expect(thinIdentity.judge(withThin(4), true).kind).toBe("fails");
  expect(thinIdentity.judge(withThin(3), true).kind).toBe("holds");
});

it("says nothing of fewer than 30 orders", () => {
  const facts = withThin(5);
  const orders = { ...facts.orders, list: facts.orders.list.slice(0, 29) };
  expect(thinIdentity.judge({ ...facts, orders }, false)).toEqual({ kind: "not_known", why: "too_few" });
});

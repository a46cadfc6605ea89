import { expect, it } from "vitest";

import { healthyFacts, withOrders, withSent, withBrowser } from "#tests/setup/healthy-facts.ts";

import { externalIdForm } from "./check.ts";

const pair = (browser: string, server: string) =>
  withOrders(healthyFacts(), 1, (order) => {
    const copy = order.browser?.copy;
    return copy
      ? withSent(withBrowser(order, { copy: { ...copy, externalIds: [browser] } }), { externalIds: [server] })
      : order;
  });

it("fails when the two copies name different customers", () => {
  expect(externalIdForm.judge(pair("a", "b"), false)).toMatchObject({ kind: "fails", orders: 1 });
});

it("holds when they agree", () => {
  expect(externalIdForm.judge(pair("a", "a"), false).kind).toBe("holds");
});

it("does not apply while browsers name no customer", () => {
  expect(externalIdForm.judge(healthyFacts(), false).kind).toBe("not_applicable");
});

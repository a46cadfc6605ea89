import { expect, it } from "vitest";

import { healthyFacts, withOrders, withSent, withBrowser } from "#tests/setup/healthy-facts.ts";

import { eventIdMissing } from "./check.ts";

it("fails for one server copy without an ID, and for one browser copy", () => {
  const server = withOrders(healthyFacts(), 1, (order) => withSent(order, { eventId: null }));
  expect(eventIdMissing.judge(server, false)).toMatchObject({ kind: "fails", orders: 1 });
  const browser = withOrders(healthyFacts(), 1, (order) => {
    const copy = order.browser?.copy;
    return copy ? withBrowser(order, { copy: { ...copy, eventId: "" } }) : order;
  });
  expect(eventIdMissing.judge(browser, false)).toMatchObject({ kind: "fails", orders: 1 });
});

it("holds for a browser that was told and never sent", () => {
  const facts = withOrders(healthyFacts(), 1, (order) => {
    const copy = order.browser?.copy;
    return copy ? withBrowser(order, { outcome: "blocked", copy: { ...copy, eventId: null } }) : order;
  });
  expect(eventIdMissing.judge(facts, false).kind).toBe("holds");
});

it("holds for a healthy store", () => {
  expect(eventIdMissing.judge(healthyFacts(), false).kind).toBe("holds");
});

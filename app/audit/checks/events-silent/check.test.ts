import { expect, it } from "vitest";

import { healthyFacts, NOW, withEvent, withOrders, withStore } from "#tests/setup/healthy-facts.ts";

import { eventsSilent } from "./check.ts";

const silence = (...events: readonly string[]) =>
  events.reduce(
    (facts, event) => withEvent(facts, event, 8, (day) => ({ ...day, taken: 0 })),
    healthyFacts(),
  );

it("fails where none of the events comes, though buyers' browsers report", () => {
  expect(eventsSilent.judge(silence("ViewContent", "AddToCart", "InitiateCheckout"), false)).toMatchObject({
    kind: "fails",
    severity: "high",
    certainty: "likely",
    values: { event: "InitiateCheckout, AddToCart, ViewContent", buyers: 200 },
  });
});

it("is less certain to cost much where one of several is missing", () => {
  expect(eventsSilent.judge(silence("AddToCart"), false)).toMatchObject({
    kind: "fails",
    severity: "medium",
    values: { event: "AddToCart" },
  });
});

it("cannot say right after the web pixel was written, or of buyers whose browsers are silent too", () => {
  const all = silence("ViewContent", "AddToCart", "InitiateCheckout");
  const justWritten = withStore(all, { webPixel: { state: "connected", problem: null, at: NOW - 600_000 } });
  expect(eventsSilent.judge(justWritten, false)).toEqual({ kind: "not_known", why: "too_few" });
  const noBrowser = withOrders(all, 200, (order) => ({ ...order, browser: null }));
  expect(eventsSilent.judge(noBrowser, false)).toEqual({ kind: "not_known", why: "too_few" });
});

it("holds where they come", () => {
  expect(eventsSilent.judge(healthyFacts(), false).kind).toBe("holds");
});

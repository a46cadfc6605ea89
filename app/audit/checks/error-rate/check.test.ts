import { expect, it } from "vitest";

import { healthyFacts, withDays, daysAgo } from "#tests/setup/healthy-facts.ts";

import { errorRate } from "./check.ts";

const failing = (failed: number) =>
  withDays(healthyFacts(100), 3, (day) => {
    const dataset = day.datasets["1"];
    return dataset
      ? { ...day, datasets: { "1": { ...dataset, requests: { ok: 100 - failed, transient: failed } } } }
      : day;
  });

it("fails above 2 % and names the most frequent cause", () => {
  expect(errorRate.judge(failing(3), false)).toMatchObject({
    kind: "fails",
    since: daysAgo(2),
    values: { share: 0.03, count: 9, cause: "transient" },
  });
});

it("holds at 2 %", () => {
  expect(errorRate.judge(failing(2), false).kind).toBe("holds");
});

it("holds for four failures, whatever their share", () => {
  const facts = withDays(healthyFacts(10), 1, (day) => {
    const dataset = day.datasets["1"];
    return dataset ? { ...day, datasets: { "1": { ...dataset, requests: { ok: 6, transient: 4 } } } } : day;
  });
  expect(errorRate.judge(facts, false).kind).toBe("holds");
});

it("says nothing of fewer than 20 requests", () => {
  expect(errorRate.judge(healthyFacts(3), false).kind).toBe("not_known");
});

it("counts the orders that are lost at whichever dataset loses most", () => {
  const facts = withDays(healthyFacts(100), 1, (day) => {
    const dataset = day.datasets["1"];
    if (!dataset) return day;
    const requests = { ok: 80, payload: 20 };
    const failed = { count: 20, worth: [{ currency: "USD", amount: 980 }] };
    return { ...day, datasets: { "1": dataset, "2": { ...dataset, requests, failed } } };
  });
  expect(errorRate.judge(facts, false)).toMatchObject({
    kind: "fails",
    orders: 20,
    worth: [{ currency: "USD", amount: 980 }],
  });
});

import { expect, it } from "vitest";

import { daysAgo, healthyFacts, withEvent } from "#tests/setup/healthy-facts.ts";

import { eventsShed } from "./check.ts";

const shedding = (shed: number) =>
  withEvent(healthyFacts(), "ViewContent", 1, (day) => ({ ...day, taken: 980, shed }));

it("fails above 1 % of what came, and names the event and its first day", () => {
  expect(eventsShed.judge(shedding(200), false)).toMatchObject({
    kind: "fails",
    severity: "medium",
    since: daysAgo(0),
    values: { event: "ViewContent", count: 200 },
    evidence: [{ text: "audit.evidence.eventShed", url: "/app?event=ViewContent" }],
  });
});

it("holds for fewer than 20, and for less than 1 %", () => {
  expect(eventsShed.judge(shedding(19), false).kind).toBe("holds");
  const many = withEvent(healthyFacts(), "ViewContent", 1, (day) => ({ ...day, taken: 9_980, shed: 30 }));
  expect(eventsShed.judge(many, false).kind).toBe("holds");
});

it("says nothing where nothing came", () => {
  const facts = healthyFacts();
  const funnel = (facts.funnel ?? []).map((each) => ({ ...each, days: [] }));
  expect(eventsShed.judge({ ...facts, funnel }, false)).toEqual({ kind: "not_known", why: "too_few" });
});

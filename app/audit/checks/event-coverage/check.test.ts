import { expect, it } from "vitest";

import { daysAgo, healthyFacts, withDataset, withScore } from "#tests/setup/healthy-facts.ts";

import { eventCoverage } from "./check.ts";

it("fails below Meta's goal, and below 75 % where Meta names none", () => {
  expect(
    eventCoverage.judge(withScore(healthyFacts(), { coverage: 74, coverageGoal: 75 }), false),
  ).toMatchObject({
    kind: "fails",
    values: { event: "Purchase", share: 0.74, goalShare: 0.75 },
  });
});

it("holds at the goal", () => {
  expect(eventCoverage.judge(withScore(healthyFacts(), { coverage: 75, coverageGoal: 75 }), false).kind).toBe(
    "holds",
  );
});

it("is not known where Meta tells nothing", () => {
  expect(eventCoverage.judge(withDataset(healthyFacts(), { snapshots: [] }), false)).toEqual({
    kind: "not_known",
    why: "not_told",
  });
});

it("closes three points above the goal, or at all of it", () => {
  const judged = (coverage: number, coverageGoal: number) =>
    eventCoverage.judge(withScore(healthyFacts(), { coverage, coverageGoal }), true).kind;
  expect(judged(77, 75)).toBe("fails");
  expect(judged(78, 75)).toBe("holds");
  expect(judged(100, 99)).toBe("holds");
});

it("says since when: the first of the readings that say so without a break", () => {
  const bad = { coverage: 60 };
  expect(eventCoverage.judge(withScore(healthyFacts(), bad, 6), false)).toMatchObject({ since: daysAgo(5) });
  // Good readings of two days ago break the run.
  const facts = withScore(healthyFacts(), bad, 6);
  const broken = healthyFacts().datasets[0]?.snapshots ?? [];
  const snapshots = facts.datasets[0]?.snapshots.map((each, index) =>
    index === 25 ? (broken[25] ?? each) : each,
  );
  expect(eventCoverage.judge(withDataset(facts, { snapshots: snapshots ?? [] }), false)).toMatchObject({
    since: daysAgo(1),
  });
});

it("judges every event that is sent twice, and none that the browser sends alone", () => {
  const low = { coverage: 40, coverageGoal: 75 };
  expect(eventCoverage.judge(withScore(healthyFacts(), low, 1, "AddToCart"), false)).toMatchObject({
    kind: "fails",
    values: { event: "AddToCart", share: 0.4, goalShare: 0.75 },
  });
  expect(eventCoverage.judge(withScore(healthyFacts(), low, 1, "PageView"), false).kind).toBe("holds");
});

import { expect, it } from "vitest";

import {
  daysAgo,
  healthyDay,
  healthyFacts,
  withDataset,
  withDays,
  withScore,
} from "#tests/setup/healthy-facts.ts";

import { matchQuality } from "./check.ts";

it.each([
  [5.9, "high"],
  [6, "medium"],
  [7.9, "medium"],
])("fails for %d: %s", (score, severity) => {
  expect(matchQuality.judge(withScore(healthyFacts(), { score }), false)).toMatchObject({
    kind: "fails",
    severity,
  });
});

it("holds for 8", () => {
  expect(matchQuality.judge(withScore(healthyFacts(), { score: 8 }), false).kind).toBe("holds");
});

it("says nothing of 27 sales", () => {
  const facts = withDays(withScore(healthyFacts(1), { score: 3 }), 1, (day) => healthyDay(day.day, 0));
  expect(matchQuality.judge(facts, false)).toEqual({ kind: "not_known", why: "too_few" });
});

it("closes with room: a score at the edge does not open and close from day to day", () => {
  const judged = (score: number) => matchQuality.judge(withScore(healthyFacts(), { score }), true);
  expect(judged(8.1)).toMatchObject({ kind: "fails", severity: "medium" });
  expect(judged(8.2).kind).toBe("holds");
});

it.each([
  ["AddToCart", 6.4, 6.5, 6.7],
  ["PageView", 5.4, 5.5, 5.7],
])("is of low weight for %s below its own threshold, and closes with room", (event, bad, least, good) => {
  const judged = (score: number, isOpen: boolean) => {
    const facts = healthyFacts();
    return matchQuality.judge(
      {
        ...facts,
        datasets: facts.datasets.map((dataset) => ({
          ...dataset,
          snapshots: dataset.snapshots.map((each) => ({
            ...each,
            events: { ...each.events, [event]: { score, keys: [], diagnostics: [], dedupe: [] } },
          })),
        })),
      },
      isOpen,
    );
  };
  expect(judged(bad, false)).toMatchObject({ kind: "fails", severity: "low", values: { event } });
  expect(judged(least, false).kind).toBe("holds");
  expect(judged(least, true).kind).toBe("fails");
  expect(judged(good, true).kind).toBe("holds");
});

it("says since when: the first of the readings that say so without a break", () => {
  const bad = { score: 7 };
  expect(matchQuality.judge(withScore(healthyFacts(), bad, 6), false)).toMatchObject({ since: daysAgo(5) });
  // Good readings of two days ago break the run.
  const facts = withScore(healthyFacts(), bad, 6);
  const broken = healthyFacts().datasets[0]?.snapshots ?? [];
  const snapshots = facts.datasets[0]?.snapshots.map((each, index) =>
    index === 25 ? (broken[25] ?? each) : each,
  );
  expect(matchQuality.judge(withDataset(facts, { snapshots: snapshots ?? [] }), false)).toMatchObject({
    since: daysAgo(1),
  });
});

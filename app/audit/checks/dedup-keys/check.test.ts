import { expect, it } from "vitest";

import { daysAgo, healthyFacts, withDataset, withScore } from "#tests/setup/healthy-facts.ts";

import { dedupKeys } from "./check.ts";

const ids = (browser: number, server: number) =>
  withScore(healthyFacts(), { dedupe: [{ key: "event_id", browser, server }] });

it("fails when either side is below 95 %", () => {
  expect(dedupKeys.judge(ids(94, 100), false)).toMatchObject({
    kind: "fails",
    values: { event: "Purchase", share: 0.94 },
  });
  expect(dedupKeys.judge(ids(100, 94), false).kind).toBe("fails");
});

it("holds at 95 %", () => {
  expect(dedupKeys.judge(ids(95, 95), false).kind).toBe("holds");
});

it("is not known where Meta names no event IDs", () => {
  expect(dedupKeys.judge(withScore(healthyFacts(), { dedupe: [] }), false)).toEqual({
    kind: "not_known",
    why: "not_told",
  });
});

it("closes at 97 %", () => {
  expect(dedupKeys.judge(ids(96, 100), true).kind).toBe("fails");
  expect(dedupKeys.judge(ids(97, 97), true).kind).toBe("holds");
});

it("says since when: the first of the readings that say so without a break", () => {
  const bad = { dedupe: [{ key: "event_id", browser: 90, server: 99 }] };
  expect(dedupKeys.judge(withScore(healthyFacts(), bad, 6), false)).toMatchObject({ since: daysAgo(5) });
  // Good readings of two days ago break the run.
  const facts = withScore(healthyFacts(), bad, 6);
  const broken = healthyFacts().datasets[0]?.snapshots ?? [];
  const snapshots = facts.datasets[0]?.snapshots.map((each, index) =>
    index === 25 ? (broken[25] ?? each) : each,
  );
  expect(dedupKeys.judge(withDataset(facts, { snapshots: snapshots ?? [] }), false)).toMatchObject({
    since: daysAgo(1),
  });
});

it("judges every event that is sent twice, and none that the browser sends alone", () => {
  const few = { dedupe: [{ key: "event_id", browser: 60, server: 100 }] };
  expect(dedupKeys.judge(withScore(healthyFacts(), few, 1, "InitiateCheckout"), false)).toMatchObject({
    kind: "fails",
    values: { event: "InitiateCheckout", share: 0.6 },
  });
  expect(dedupKeys.judge(withScore(healthyFacts(), few, 1, "PageView"), false).kind).toBe("holds");
});

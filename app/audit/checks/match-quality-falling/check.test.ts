import { expect, it } from "vitest";

import { healthyFacts, withDataset, withScore } from "#tests/setup/healthy-facts.ts";

import { matchQualityFalling } from "./check.ts";

it("fails when three readings in a row are half a point lower", () => {
  expect(matchQualityFalling.judge(withScore(healthyFacts(), { score: 8.3 }, 3), false)).toMatchObject({
    kind: "fails",
    severity: "medium",
    values: { from: "8.8", to: "8.3" },
  });
});

it("is high where the score is no longer good", () => {
  expect(matchQualityFalling.judge(withScore(healthyFacts(), { score: 7.9 }, 3), false)).toMatchObject({
    kind: "fails",
    severity: "high",
  });
});

it("holds for four tenths, and for one odd reading", () => {
  expect(matchQualityFalling.judge(withScore(healthyFacts(), { score: 8.4 }, 3), false).kind).toBe("holds");
  expect(matchQualityFalling.judge(withScore(healthyFacts(), { score: 4 }, 1), false).kind).toBe("holds");
});

it("is not known with a few readings", () => {
  const facts = healthyFacts();
  const few = withDataset(facts, { snapshots: facts.datasets[0]?.snapshots.slice(-4) ?? [] });
  expect(matchQualityFalling.judge(few, false)).toEqual({ kind: "not_known", why: "not_told" });
});

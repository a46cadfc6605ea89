import { expect, it } from "vitest";

import { healthyFacts } from "#tests/setup/healthy-facts.ts";

import { qualityForbidden } from "./check.ts";

function withProblem(problem: string | null) {
  const facts = healthyFacts();
  return {
    ...facts,
    datasets: facts.datasets.map((dataset) => ({
      ...dataset,
      snapshots: dataset.snapshots.map((each, index) =>
        index === dataset.snapshots.length - 1 ? { ...each, problem } : each,
      ),
    })),
  };
}

it("fails when Meta forbids its figures", () => {
  expect(qualityForbidden.judge(withProblem("permission"), false)).toMatchObject({
    kind: "fails",
    severity: "low",
  });
});

it("holds when Meta answers, and when it only fails for a moment", () => {
  expect(qualityForbidden.judge(withProblem(null), false).kind).toBe("holds");
  expect(qualityForbidden.judge(withProblem("transient"), false).kind).toBe("holds");
});

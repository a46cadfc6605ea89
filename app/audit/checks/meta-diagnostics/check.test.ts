import { expect, it } from "vitest";

import { daysAgo, healthyFacts, withDataset, withScore } from "#tests/setup/healthy-facts.ts";

import { metaDiagnostics } from "./check.ts";

const told = (affected: number) =>
  withScore(healthyFacts(), { diagnostics: [{ name: "Missing currency", affected, total: 100 }] });

it.each([
  [10, "medium"],
  [11, "high"],
])("fails when it touches %d of 100 events: %s", (affected, severity) => {
  expect(metaDiagnostics.judge(told(affected), false)).toMatchObject({
    kind: "fails",
    severity,
    values: { name: "Missing currency" },
    evidence: [
      { text: "audit.evidence.diagnosticOf", values: { name: "Missing currency", affected, total: 100 } },
    ],
  });
});

it("holds when Meta reports nothing", () => {
  expect(metaDiagnostics.judge(healthyFacts(), false).kind).toBe("holds");
});

it("says since when: the first of the readings that say so without a break", () => {
  const bad = { diagnostics: [{ name: "Missing currency" }] };
  expect(metaDiagnostics.judge(withScore(healthyFacts(), bad, 6), false)).toMatchObject({
    since: daysAgo(5),
  });
  // Good readings of two days ago break the run.
  const facts = withScore(healthyFacts(), bad, 6);
  const broken = healthyFacts().datasets[0]?.snapshots ?? [];
  const snapshots = facts.datasets[0]?.snapshots.map((each, index) =>
    index === 25 ? (broken[25] ?? each) : each,
  );
  expect(metaDiagnostics.judge(withDataset(facts, { snapshots: snapshots ?? [] }), false)).toMatchObject({
    since: daysAgo(1),
  });
});

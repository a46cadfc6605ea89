import { expect, it } from "vitest";

import { healthyFacts, withDataset, NOW } from "#tests/setup/healthy-facts.ts";

import { tokenExpiring } from "./check.ts";

const endsIn = (days: number) => withDataset(healthyFacts(), { tokenExpiresAt: NOW + days * 86_400_000 });

it.each([
  [2, "critical"],
  [13.9, "high"],
])("fails %d days before the end: %s", (days, severity) => {
  expect(tokenExpiring.judge(endsIn(days), false)).toMatchObject({ kind: "fails", severity });
});

it("holds 15 days before the end, and for a token that never ends", () => {
  expect(tokenExpiring.judge(endsIn(15), false).kind).toBe("holds");
  expect(tokenExpiring.judge(healthyFacts(), false).kind).toBe("holds");
});

it("is not known where Meta does not say", () => {
  const facts = withDataset(healthyFacts(), { tokenExpiresAt: null });
  expect(tokenExpiring.judge(facts, false)).toEqual({ kind: "not_known", why: "not_told" });
});

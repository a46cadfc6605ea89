import { expect, it } from "vitest";

import { healthyFacts } from "#tests/setup/healthy-facts.ts";

import { sharedDataset } from "./check.ts";

it("fails when another store sends to the dataset by order numbers too", () => {
  const facts = healthyFacts(40, { sharedDatasets: ["900000000000001"] });
  expect(sharedDataset.judge(facts, false)).toMatchObject({
    kind: "fails",
    severity: "critical",
    orders: 1120,
  });
});

it("holds when none does", () => {
  expect(sharedDataset.judge(healthyFacts(), false).kind).toBe("holds");
});

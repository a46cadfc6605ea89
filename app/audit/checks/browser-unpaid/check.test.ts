import { expect, it } from "vitest";

import { healthyFacts, daysAgo } from "#tests/setup/healthy-facts.ts";

import { browserUnpaid } from "./check.ts";

it("fails for one such report", () => {
  const facts = healthyFacts(40, { strayReports: { count: 1, since: daysAgo(1) } });
  expect(browserUnpaid.judge(facts, false)).toMatchObject({ kind: "fails", orders: 1, since: daysAgo(1) });
});

it("holds for none", () => {
  expect(browserUnpaid.judge(healthyFacts(), false).kind).toBe("holds");
});

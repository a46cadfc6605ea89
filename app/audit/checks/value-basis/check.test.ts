import { expect, it } from "vitest";

import { healthyFacts, withStore } from "#tests/setup/healthy-facts.ts";

import { valueBasis } from "./check.ts";

it("says when less than the total is sent", () => {
  expect(valueBasis.judge(withStore(healthyFacts(), { valueBasis: "without_tax" }), false)).toMatchObject({
    kind: "fails",
    severity: "low",
  });
  expect(valueBasis.judge(healthyFacts(), false).kind).toBe("holds");
});

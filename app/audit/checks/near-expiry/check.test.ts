import { expect, it } from "vitest";

import { healthyFacts, withDataset } from "#tests/setup/healthy-facts.ts";

import { nearExpiry } from "./check.ts";

it("fails for one event, and holds for none", () => {
  expect(nearExpiry.judge(withDataset(healthyFacts(), { expiringSoon: 1 }), false)).toMatchObject({
    kind: "fails",
    orders: 1,
  });
  expect(nearExpiry.judge(healthyFacts(), false).kind).toBe("holds");
});

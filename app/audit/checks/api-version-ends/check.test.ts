import { expect, it } from "vitest";

import { healthyFacts } from "#tests/setup/healthy-facts.ts";

import { apiVersionEnds } from "./check.ts";

it("fails below 90 days and holds at 90", () => {
  expect(apiVersionEnds.judge(healthyFacts(40, { apiDaysLeft: 89 }), false).kind).toBe("fails");
  expect(apiVersionEnds.judge(healthyFacts(40, { apiDaysLeft: 90 }), false).kind).toBe("holds");
});

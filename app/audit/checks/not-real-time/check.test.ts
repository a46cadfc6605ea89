import { expect, it } from "vitest";

import { healthyFacts, withScore } from "#tests/setup/healthy-facts.ts";

import { notRealTime } from "./check.ts";

it("fails when Meta calls the uploads of a busy store hourly", () => {
  expect(notRealTime.judge(withScore(healthyFacts(60), { freshness: "hourly" }), false)).toMatchObject({
    kind: "fails",
    values: { frequency: "hourly" },
  });
});

it("holds for real time, and says nothing below 50 events a day", () => {
  expect(notRealTime.judge(healthyFacts(60), false).kind).toBe("holds");
  expect(notRealTime.judge(withScore(healthyFacts(40), { freshness: "hourly" }), false).kind).toBe(
    "not_known",
  );
});

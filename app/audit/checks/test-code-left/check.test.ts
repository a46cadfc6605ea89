import { expect, it } from "vitest";

import { healthyFacts, withStore, NOW } from "#tests/setup/healthy-facts.ts";

import { testCodeLeft } from "./check.ts";

const withCode = (hours: number) =>
  withStore(healthyFacts(), { hasTestCode: true, testCodeUntil: NOW - hours * 3_600_000 });

it("fails a day after the code has ended", () => {
  expect(testCodeLeft.judge(withCode(25), false).kind).toBe("fails");
});

it("holds within that day, while the code lives, and without one", () => {
  expect(testCodeLeft.judge(withCode(23), false).kind).toBe("holds");
  expect(testCodeLeft.judge(withCode(-2), false).kind).toBe("holds");
  expect(testCodeLeft.judge(healthyFacts(), false).kind).toBe("holds");
});

import { expect, it } from "vitest";
import { type Outcome, overallOutcome } from "./fired-report.ts";

it.each<[Outcome[], Outcome]>([
  [["sent", "sent"], "sent"],
  [["blocked", "sent"], "sent"],
  [["failed", "blocked"], "blocked"],
  [["failed", "failed"], "failed"],
  [[], "failed"],
])("%j together are %s", (outcomes, expected) => {
  expect(overallOutcome(outcomes.map((outcome, index) => ({ id: String(index), outcome })))).toBe(expected);
});

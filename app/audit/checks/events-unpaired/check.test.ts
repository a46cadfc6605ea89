import { expect, it } from "vitest";

import { healthyFacts, withEvent } from "#tests/setup/healthy-facts.ts";

import { eventsUnpaired } from "./check.ts";

const withCopies = (paired: number, serverOnly: number) =>
  withEvent(healthyFacts(), "InitiateCheckout", 8, (day) => ({ ...day, paired, serverOnly }));

it("fails where browser copies hardly ever leave", () => {
  expect(eventsUnpaired.judge(withCopies(30, 70), false)).toMatchObject({
    kind: "fails",
    severity: "medium",
    certainty: "likely",
    values: { event: "InitiateCheckout", share: 0.3, count: 210 },
    evidence: [{ values: { count: 90, all: 300 } }],
  });
});

it("holds with as many as ad blockers leave", () => {
  expect(eventsUnpaired.judge(withCopies(40, 60), false).kind).toBe("holds");
});

it("closes a finding only when clearly more leave", () => {
  expect(eventsUnpaired.judge(withCopies(42, 58), true).kind).toBe("fails");
  expect(eventsUnpaired.judge(withCopies(45, 55), true).kind).toBe("holds");
});

import { expect, it } from "vitest";

import { healthyFacts, withEvent } from "#tests/setup/healthy-facts.ts";

import { eventsFbp } from "./check.ts";

/** Of 100 accepted events a day. */
const carrying = (fbp: number) =>
  withEvent(healthyFacts(), "ViewContent", 8, (day) => ({
    ...day,
    paired: 80,
    serverOnly: 20,
    keys: { fbp },
  }));

it("fails where fewer than 70 % carry the browser's ID", () => {
  expect(eventsFbp.judge(carrying(60), false)).toMatchObject({
    kind: "fails",
    severity: "medium",
    values: { event: "ViewContent", share: 0.6 },
    evidence: [{ values: { count: 420, all: 700 } }],
  });
});

it("holds at 70 %", () => {
  expect(eventsFbp.judge(carrying(70), false).kind).toBe("holds");
});

import { expect, it } from "vitest";

import { daysAgo, healthyFacts, withEvent } from "#tests/setup/healthy-facts.ts";

import { eventsSentTwice } from "./check.ts";

/** 100 events a day: 80 with both copies, 20 from the server alone, so that Meta receives 180. */
const told = (total: number, eventName = "ViewContent", datasetId = "900000000000001") => ({
  ...withEvent(healthyFacts(), "ViewContent", 8, (day) => ({ ...day, paired: 80, serverOnly: 20 })),
  received: [1, 2].map((days) => ({
    day: daysAgo(days),
    datasetId,
    eventName,
    browser: null,
    server: null,
    total,
    worth: null,
  })),
});

it("fails where Meta has many more than Tandem sent", () => {
  expect(eventsSentTwice.judge(told(360), false)).toMatchObject({
    kind: "fails",
    severity: "high",
    certainty: "proven",
    since: daysAgo(2),
    values: { event: "ViewContent", got: 720, sent: 360 },
    evidence: [{ text: "audit.evidence.eventReceived" }],
  });
});

it("holds where Meta has what Tandem sent, and a few more", () => {
  expect(eventsSentTwice.judge(told(180), false).kind).toBe("holds");
  expect(eventsSentTwice.judge(told(260), false).kind).toBe("holds");
});

it("cannot say without Meta's count of such an event at our dataset", () => {
  const unknown = { kind: "not_known", why: "not_told" };
  expect(eventsSentTwice.judge(healthyFacts(), false)).toEqual(unknown);
  expect(eventsSentTwice.judge(told(900, "Purchase"), false)).toEqual(unknown);
  expect(eventsSentTwice.judge(told(900, "ViewContent", "111"), false)).toEqual(unknown);
});

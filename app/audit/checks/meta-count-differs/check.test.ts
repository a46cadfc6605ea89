import { expect, it } from "vitest";

import { daysAgo, healthyFacts } from "#tests/setup/healthy-facts.ts";

import type { AuditFacts, ReceivedDay } from "../../facts/audit-facts.ts";
import { metaCountDiffers } from "./check.ts";

/** 40 orders a day delivered, 32 of them with a browser copy (36 by the web, 9 of 10 of these). */
function withReceived(change: Partial<ReceivedDay>, days = 5): AuditFacts {
  const received = Array.from({ length: days }, (_, index): ReceivedDay => ({
    day: daysAgo(index + 1),
    datasetId: "900000000000001",
    eventName: "Purchase",
    browser: null,
    server: null,
    total: 40,
    worth: null,
    ...change,
  }));
  return healthyFacts(40, { received });
}

const judge = (change: Partial<ReceivedDay>, isOpen = false, days = 5) =>
  metaCountDiffers.judge(withReceived(change, days), isOpen);

it("compares Meta's server column with what was delivered", () => {
  expect(judge({ server: 46 }).kind).toBe("holds");
  expect(judge({ server: 47 })).toMatchObject({
    kind: "fails",
    severity: "high",
    certainty: "likely",
    since: daysAgo(5),
    values: { received: 235, ours: 200, share: 0.175 },
  });
  expect(judge({ server: 34 }).kind).toBe("holds");
  expect(judge({ server: 33 })).toMatchObject({ kind: "fails", values: { received: 165, ours: 200 } });
  expect(judge({ server: 45 }, true).kind).toBe("fails");
});

it("is critical where Meta received more than twice as many", () => {
  expect(judge({ server: 80 })).toMatchObject({ severity: "high" });
  expect(judge({ server: 81 })).toMatchObject({ severity: "critical" });
});

it("takes one number for both ways as right between one copy and both", () => {
  // 40 server copies, 32 browser copies.
  expect([34, 40, 72, 82].map((total) => judge({ total }).kind)).toEqual([
    "holds",
    "holds",
    "holds",
    "holds",
  ]);
  expect([33, 83].map((total) => judge({ total }).kind)).toEqual(["fails", "fails"]);
});

it("says nothing of fewer than three days, other events, other datasets and today", () => {
  const few = { kind: "not_known", why: "too_few" };
  expect(judge({ server: 400 }, false, 2)).toEqual(few);
  expect(judge({ server: 400, eventName: "PageView" })).toEqual(few);
  expect(judge({ server: 400, datasetId: "7" })).toEqual(few);
  expect(judge({ server: 400, day: daysAgo(0) })).toEqual(few);
});

it("does not know while no export was uploaded", () => {
  expect(metaCountDiffers.judge(healthyFacts(40), false)).toEqual({ kind: "not_known", why: "not_told" });
});

import { describe, expect, it } from "vitest";

import { judgeReach } from "./judge-reach.ts";
import { accountOrders } from "./orders-accounted.ts";
import type { TallyRow } from "./read-tallies.server.ts";

const FINE = { isHeld: false, hasDataset: true };

/** Orders of one dataset: how many of each label; those of before it was connected have none. */
function orders(labels: Readonly<Record<string, number>>, beforeDataset = 0) {
  const row = (metric: "order" | "delivery", label: string, count: number): TallyRow => ({
    datasetId: metric === "order" ? 0n : 7n,
    day: "2026-03-01",
    metric,
    label,
    count,
    currency: "USD",
    amount: 10 * count,
  });
  const tests = labels["skipped:test_order"] ?? 0;
  const all = Object.values(labels).reduce((sum, count) => sum + count, 0);
  return accountOrders(
    [
      row("order", "web", all - tests + beforeDataset),
      row("order", "test", tests),
      ...Object.entries(labels).map(([label, count]) => row("delivery", label, count)),
    ],
    7n,
    [],
  );
}

describe("did every sale reach Meta", () => {
  // The example: 638 of 736 sent; 98 left out: 44 without consent, 44 source off, 10 test orders.
  const SEEN = {
    delivered: 638,
    "skipped:no_consent": 44,
    "skipped:source_off": 44,
    "skipped:test_order": 10,
  };

  it("says how many were sent of how many, and each reason why not", () => {
    expect(judgeReach(orders(SEEN), orders(SEEN), FINE)).toEqual({
      mood: "good",
      sent: 638,
      paid: 736,
      leftOut: 98,
      parts: [
        { reason: "no_consent", count: 44 },
        { reason: "source_off", count: 44 },
        { reason: "test_order", count: 10 },
      ],
      open: 0,
      failed: 0,
      note: null,
    });
  });

  const noConsent = (sent: number, left: number) => orders({ delivered: sent, "skipped:no_consent": left });
  it.each([
    ["everything sent", orders({ delivered: 5 }), orders({}), FINE, "good", null],
    ["test orders alone", orders({ delivered: 5, "skipped:test_order": 9 }), orders({}), FINE, "good", null],
    ["some from before the dataset", orders({ delivered: 30 }, 40), orders({}), FINE, "good", null],
    ["no order", orders({}), orders({ delivered: 9 }), FINE, "unknown", null],
    ["no dataset", orders({}, 3), orders({}), { ...FINE, hasDataset: false }, "watch", "no_dataset"],
    ["one that failed", orders({ delivered: 99, dead: 1 }), orders(SEEN), FINE, "watch", "failed"],
    [
      "one that nobody chose to leave out",
      orders({ delivered: 99, "skipped:too_old": 1 }),
      orders(SEEN),
      FINE,
      "watch",
      "lost",
    ],
    [
      "some that wait for a stopped dataset",
      orders({ delivered: 9, held: 1 }),
      orders(SEEN),
      { ...FINE, isHeld: true },
      "watch",
      "held",
    ],
    ["some on their way", orders({ delivered: 9, open: 1 }), orders(SEEN), FINE, "good", null],
    // 6 of 100 before, 30 of 100 now.
    [
      "five times as many without consent as before",
      noConsent(70, 30),
      noConsent(94, 6),
      FINE,
      "watch",
      "unusual",
    ],
    // 30 of 100 before, 38 of 100 now: more, and nothing to look at.
    ["a few more than before", noConsent(62, 38), noConsent(70, 30), FINE, "good", null],
    ["as many as ever, though most", noConsent(20, 80), noConsent(200, 800), FINE, "good", null],
    [
      "a source off that was on before",
      orders({ "skipped:source_off": 40 }),
      orders({ delivered: 40 }),
      FINE,
      "watch",
      "unusual",
    ],
    ["some left out of nineteen sales", noConsent(18, 1), noConsent(950, 50), FINE, "plain", "no_history"],
    [
      "some left out, nothing to compare with",
      noConsent(18, 2),
      noConsent(19, 0),
      FINE,
      "plain",
      "no_history",
    ],
  ] as const)("%s", (_name, now, before, circumstances, mood, note) => {
    const reach = judgeReach(now, before, circumstances);
    expect([reach.mood, reach.note?.kind ?? null]).toEqual([mood, note]);
  });

  it("says what share is unusual, and what it was", () => {
    expect(judgeReach(noConsent(70, 30), noConsent(94, 6), FINE).note).toEqual({
      kind: "unusual",
      reason: "no_consent",
      now: 0.3,
      before: 0.06,
    });
  });
});

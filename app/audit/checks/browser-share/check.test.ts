import { describe, expect, it } from "vitest";

import type { AuditFacts } from "#app/audit/facts/audit-facts.ts";
import { daysAgo, healthyFacts, NOW, sum, withDays, withOrders } from "#tests/setup/healthy-facts.ts";

import { browserShare } from "./check.ts";

const HOUR_MS = 3_600_000;

/** Yesterday `paired` of 360 decided orders have both copies; usually 324 have (0.9). */
const yesterday = (paired: number, alone: "server_only" | "browser_only" = "server_only") =>
  withDays(healthyFacts(400), 2, (day) => ({
    ...day,
    pairing: { ...day.pairing, server_only: sum(0), paired: sum(paired), [alone]: sum(360 - paired) },
  }));

it("fails when 15 points are missing", () => {
  expect(browserShare.judge(yesterday(270), false)).toMatchObject({
    kind: "fails",
    orders: 90,
    since: daysAgo(1),
    values: { share: 0.75, usualShare: 0.9 },
    evidence: [
      { values: { share: 0.75, usualShare: 0.9 } },
      { values: { lost: 90 }, url: `/app/events?pairing=server_only&from=${daysAgo(1)}` },
    ],
  });
});

it("holds at 14 points", () => {
  expect(browserShare.judge(yesterday(274), false).kind).toBe("holds");
});

it("holds where the browsers' copies came and the server's did not", () => {
  expect(browserShare.judge(yesterday(180, "browser_only"), false).kind).toBe("holds");
});

describe("a large store whose browsers stopped within the day", () => {
  /** An order every 86 seconds, 40 of every two hours' 83 looked at; those of the last `hours` became `pairing`. */
  const since = (hours: number, pairing: string, facts: AuditFacts = healthyFacts(1000)) =>
    withOrders(facts, 200, (order, index) =>
      // One of 20 comes through all the same.
      order.paidAt > NOW - hours * HOUR_MS && index % 20 !== 0 ? { ...order, pairing } : order,
    );
  /** Tandem has not been there for long enough to know what is usual. */
  const young = (facts: AuditFacts): AuditFacts => ({ ...facts, days: facts.days.slice(-10) });

  it("is seen within three hours, with the share that is left", () => {
    const verdict = browserShare.judge(since(3, "server_only"), false);
    expect(verdict).toMatchObject({ kind: "fails", certainty: "proven", since: daysAgo(0) });
    // 83 orders of two hours, of which four have their copy.
    expect(verdict).toMatchObject({ orders: 79, values: { share: 4 / 83 } });
    expect(browserShare.judge(young(since(3, "server_only")), false).kind).toBe("fails");
  });

  it("is found by a first audit that comes ten hours later", () => {
    expect(browserShare.judge(since(10, "server_only"), false).kind).toBe("fails");
  });

  it("stays open while the copies stay away, however long, and counts on", () => {
    for (const facts of [since(4.5, "server_only"), young(since(4.5, "server_only"))]) {
      const verdict = browserShare.judge(facts, true);
      expect(verdict).toMatchObject({ kind: "fails", certainty: "proven" });
      // 3.5 hours are decided: 146 orders, in whole twenties.
      expect(verdict).toMatchObject({ orders: 133, values: { share: 7 / 140 } });
    }
  });

  it("stays open through a night in which little is sold", () => {
    const facts = since(4.5, "server_only");
    const night = facts.orders.list.map((order) => ({ ...order, paidAt: order.paidAt - 6 * HOUR_MS }));
    const asleep: AuditFacts = { ...facts, orders: { ...facts.orders, list: night } };
    expect(browserShare.judge(asleep, false).kind).toBe("holds");
    expect(browserShare.judge(asleep, true).kind).toBe("fails");
  });

  it("closes when the newest twenty have their copies again", () => {
    const facts = since(4.5, "server_only");
    const mended = withOrders(facts, 62, (order) => ({ ...order, pairing: "paired" }));
    expect(browserShare.judge(mended, true).kind).toBe("holds");
  });

  it("is not an outage of Meta: what is not decided is no loss", () => {
    expect(browserShare.judge(since(3, "pending"), false).kind).toBe("holds");
    expect(browserShare.judge(since(3, "browser_only"), false).kind).toBe("holds");
  });
});

it("says nothing where hardly anything is sold", () => {
  expect(browserShare.judge(healthyFacts(3), false).kind).toBe("not_known");
});

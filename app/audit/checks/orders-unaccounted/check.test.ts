import { expect, it } from "vitest";

import { daysAgo, healthyDataset, healthyFacts, NOW, withDays } from "#tests/setup/healthy-facts.ts";

import type { AuditFacts } from "../../facts/audit-facts.ts";
import { ordersUnaccounted } from "./check.ts";

const sum = (count: number) => ({
  count,
  worth: count === 0 ? [] : [{ currency: "USD", amount: count * 50 }],
});

/** So many orders a day, of which on two days `lost` were given up and the others skipped by half. */
function withLost(perDay: number, lost: number): AuditFacts {
  return withDays(healthyFacts(perDay), 2, (day) => {
    const of = day.datasets["1"];
    const half = Math.floor((perDay - lost) / 2);
    return of
      ? {
          ...day,
          datasets: {
            "1": {
              ...of,
              delivered: sum(half),
              skipped: { no_consent: sum(perDay - lost - half) },
              failed: sum(lost),
            },
          },
        }
      : day;
  });
}

it("fails for any order that was given up, from its first day on", () => {
  expect(ordersUnaccounted.judge(withLost(40, 1), false)).toMatchObject({
    kind: "fails",
    severity: "medium",
    since: daysAgo(1),
    orders: 2,
    worth: [{ currency: "USD", amount: 100 }],
    values: { count: 2 },
    // The newest first; each opens its orders.
    evidence: [0, 1].map((ago) => ({
      values: { day: daysAgo(ago), lost: 1, paid: 40 },
      url: `/app/events?from=${daysAgo(ago)}&to=${daysAgo(ago)}&status=dead&dataset=1`,
    })),
  });
});

it("is critical where a busy day lost more than 15 %", () => {
  expect(ordersUnaccounted.judge(withLost(20, 3), false)).toMatchObject({ severity: "medium" });
  expect(ordersUnaccounted.judge(withLost(20, 4), false)).toMatchObject({ severity: "critical" });
  expect(ordersUnaccounted.judge(withLost(19, 4), false)).toMatchObject({ severity: "medium" });
});

it("counts orders that have no delivery at all", () => {
  const facts = withDays(healthyFacts(40), 1, (day) => ({ ...day, orders: sum(43) }));
  expect(ordersUnaccounted.judge(facts, false)).toMatchObject({ kind: "fails", orders: 3 });
});

it("holds for orders that were skipped, wait, or came before the dataset was connected", () => {
  expect(ordersUnaccounted.judge(withLost(40, 0), false).kind).toBe("holds");
  const waiting = withDays(healthyFacts(40), 1, (day) => {
    const of = day.datasets["1"];
    return of ? { ...day, datasets: { "1": { ...of, delivered: sum(0), open: sum(40) } } } : day;
  });
  expect(ordersUnaccounted.judge(waiting, false).kind).toBe("holds");
  const facts = withDays(healthyFacts(40), 5, (day) => ({ ...day, datasets: {} }));
  const connectedAt = NOW - 3_600_000;
  expect(ordersUnaccounted.judge({ ...facts, datasets: [healthyDataset({ connectedAt })] }, false).kind).toBe(
    "holds",
  );
});

it("has nothing to say without a dataset, and knows nothing of files", () => {
  expect(ordersUnaccounted.judge(healthyFacts(40, { datasets: [] }), false).kind).toBe("not_applicable");
  expect(ordersUnaccounted.judge(healthyFacts(40, { store: null }), false)).toEqual({
    kind: "not_known",
    why: "not_in_files",
  });
});

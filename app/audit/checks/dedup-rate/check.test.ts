import { expect, it } from "vitest";

import { healthyFacts, withDays, sum, daysAgo } from "#tests/setup/healthy-facts.ts";

import { dedupRate } from "./check.ts";

const paired = (count: number, ordersPerDay = 40) =>
  withDays(healthyFacts(ordersPerDay), 28, (day) => ({
    ...day,
    pairing: { ...day.pairing, paired: sum(count), server_only: sum(100 - count) },
  }));

it("fails below 80 % of four weeks' orders", () => {
  expect(dedupRate.judge(paired(79), false)).toMatchObject({
    kind: "fails",
    orders: 28 * 21,
    worth: [{ currency: "USD", amount: 28 * 21 * 50 }],
    since: daysAgo(27),
    evidence: [{ values: { lost: 28 * 21 }, url: `/app/events?pairing=server_only&from=${daysAgo(27)}` }],
  });
});

it("holds at 80 %, and once open closes only at 84 %", () => {
  expect(dedupRate.judge(paired(80), false).kind).toBe("holds");
  expect(dedupRate.judge(paired(83), true).kind).toBe("fails");
  expect(dedupRate.judge(paired(84), true).kind).toBe("holds");
});

it("is judged in a small store too, and says nothing of a handful of orders", () => {
  expect(dedupRate.judge(healthyFacts(3), false).kind).toBe("holds");
  expect(dedupRate.judge(healthyFacts(1), false)).toEqual({ kind: "not_known", why: "too_few" });
});

it("takes what chance makes of few orders for no fault", () => {
  /** Of the 44 decided orders of a store's first days. */
  const first = (both: number) => {
    const facts = withDays(healthyFacts(), 4, (day) => ({
      ...day,
      pairing: { ...day.pairing, paired: sum(0), server_only: sum(0) },
    }));
    const days = facts.days
      .slice(-4)
      .map((day, index) =>
        index === 0
          ? { ...day, pairing: { ...day.pairing, paired: sum(both), server_only: sum(44 - both) } }
          : day,
      );
    return dedupRate.judge({ ...facts, days }, false).kind;
  };
  // 35 are 79.5 %; one standard error of 44 is 6 points: 74 %.
  expect(first(35)).toBe("holds");
  expect(first(33)).toBe("holds");
  expect(first(32)).toBe("fails");
});

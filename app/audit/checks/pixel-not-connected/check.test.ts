import { expect, it } from "vitest";

import { daysAgo, healthyFacts, NOW, withStore } from "#tests/setup/healthy-facts.ts";

import { pixelNotConnected } from "./check.ts";

const judge = (state: string | null, installedAt = NOW - 120 * 86_400_000) =>
  pixelNotConnected.judge(
    withStore(healthyFacts(), {
      installedAt,
      webPixel: { state, problem: null, at: state === null ? null : NOW - 2 * 86_400_000 },
    }),
    false,
  );

it("fails where Shopify refused the web pixel, with the orders of a week that have no browser copy", () => {
  // 4 of 36 online orders a day.
  expect(judge("failed")).toMatchObject({
    kind: "fails",
    severity: "critical",
    certainty: "proven",
    since: daysAgo(2),
    orders: 28,
    evidence: [{ values: { lost: 28 }, url: `/app/events?pairing=server_only&from=${daysAgo(6)}` }],
  });
});

it("fails where it was never tried, but not in the first hour", () => {
  expect(judge(null)).toMatchObject({ kind: "fails", since: null });
  expect(judge(null, NOW - 60_000)).toEqual({ kind: "not_known", why: "not_asked" });
});

it("holds where it is connected", () => {
  expect(judge("connected").kind).toBe("holds");
});

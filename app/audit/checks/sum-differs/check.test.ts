import { expect, it } from "vitest";

import { daysAgo, healthyFacts } from "#tests/setup/healthy-facts.ts";

import type { AuditFacts } from "../../facts/audit-facts.ts";
import { sumDiffers } from "./check.ts";

/** 40 orders a day of 50 each; Shopify has other sums on the last `days` that are over. */
function withSums(days: number, amount: number, orders = 40): AuditFacts {
  const facts = healthyFacts(40);
  return {
    ...facts,
    shopify: (facts.shopify ?? []).map((day) =>
      day.day >= daysAgo(days) ? { ...day, orders, worth: { currency: "USD", amount } } : day,
    ),
  };
}

it("fails where the same orders differ by more than 1 % of the month's sum", () => {
  // 30 days of 2,000; 300 on each of three days are 1.5 %.
  expect(sumDiffers.judge(withSums(3, 2_300), false)).toMatchObject({
    kind: "fails",
    since: daysAgo(3),
    worth: [{ currency: "USD", amount: 900 }],
    values: { count: 3, share: 900 / 60_900 },
    evidence: [1, 2, 3].map((ago) => ({
      values: { day: daysAgo(ago), theirs: "2300.00", ours: "2000.00", currency: "USD" },
      url: "/app/audit/orders",
    })),
  });
});

it("holds below, and once open closes only at three quarters", () => {
  expect(sumDiffers.judge(withSums(3, 2_190), false).kind).toBe("holds");
  expect(sumDiffers.judge(withSums(3, 2_190), true).kind).toBe("fails");
  expect(sumDiffers.judge(withSums(3, 2_140), true).kind).toBe("holds");
});

it("leaves days with other orders to the check of missing ones", () => {
  expect(sumDiffers.judge(withSums(3, 2_300, 46), false).kind).toBe("holds");
});

it("says nothing of a large store, of another currency and of few orders", () => {
  const facts = withSums(3, 2_300);
  const unknown = (shopify: AuditFacts["shopify"]) => sumDiffers.judge({ ...facts, shopify }, false);
  expect(unknown((facts.shopify ?? []).map((day) => ({ ...day, worth: null })))).toEqual({
    kind: "not_known",
    why: "not_told",
  });
  const inEuro = (facts.shopify ?? []).map((day) => ({ ...day, worth: { currency: "EUR", amount: 1 } }));
  expect(unknown(inEuro)).toEqual({ kind: "not_known", why: "too_few" });
  expect(unknown(null)).toEqual({ kind: "not_known", why: "not_asked" });
});

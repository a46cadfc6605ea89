import { expect, it } from "vitest";

import { healthyFacts } from "#tests/setup/healthy-facts.ts";

import { refundedShare } from "./check.ts";

/** 31 days of 40 orders and $2,000 each, of which so much was given back. */
const givenBack = (aDay: number | null, ordersPerDay = 40) => {
  const facts = healthyFacts(ordersPerDay);
  return { ...facts, shopify: facts.shopify?.map((day) => ({ ...day, refunded: aDay })) ?? null };
};

it("says it above a tenth of the sum, with the sum", () => {
  expect(refundedShare.judge(givenBack(202), false)).toMatchObject({
    kind: "fails",
    severity: "low",
    values: { share: 0.101 },
    worth: [{ currency: "USD", amount: 31 * 202 }],
  });
});

it("holds at a tenth, and once open closes only at 7.5 %", () => {
  expect(refundedShare.judge(givenBack(200), false).kind).toBe("holds");
  expect(refundedShare.judge(givenBack(151), true).kind).toBe("fails");
  expect(refundedShare.judge(givenBack(150), true).kind).toBe("holds");
});

it("is not known where Shopify only counted, was not asked, or there is hardly an order", () => {
  expect(refundedShare.judge(givenBack(null), false)).toEqual({ kind: "not_known", why: "too_few" });
  expect(refundedShare.judge(healthyFacts(40, { shopify: null }), false)).toEqual({
    kind: "not_known",
    why: "not_asked",
  });
});

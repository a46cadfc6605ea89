import { expect, it } from "vitest";

import { healthyFacts, withOrders, withStore } from "#tests/setup/healthy-facts.ts";

import { consentPolicyGap } from "./check.ts";

const german = (count: number, countries: readonly string[] | null) =>
  withOrders(withStore(healthyFacts(), { consentCountries: countries }), count, (order) => ({
    ...order,
    country: "DE",
  }));

it("fails for ten orders of a country where nobody is asked", () => {
  expect(consentPolicyGap.judge(german(10, []), false)).toMatchObject({
    kind: "fails",
    orders: 10,
    values: { countries: "DE" },
  });
});

it("holds for nine, and where buyers are asked", () => {
  expect(consentPolicyGap.judge(german(9, []), false).kind).toBe("holds");
  expect(consentPolicyGap.judge(german(50, ["DE"]), false).kind).toBe("holds");
});

it("is not known where the policy could not be read", () => {
  expect(consentPolicyGap.judge(german(50, null), false)).toEqual({ kind: "not_known", why: "not_told" });
});

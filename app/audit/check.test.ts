import { expect, it } from "vitest";

import { healthyFacts } from "#tests/setup/healthy-facts.ts";

import { failsFor } from "./check.ts";

const orders = healthyFacts().orders.list;
const evidenceOf = (bad: (index: number) => boolean) =>
  failsFor(
    orders.filter((_, index) => bad(index)),
    { severity: "high", certainty: "proven", looked: orders },
  ).evidence[0];

it("says that what every order showed seems to be over after five that do not", () => {
  expect(evidenceOf((index) => index >= 5)).toEqual({
    text: "audit.evidence.seemsOver",
    values: { day: orders[5]?.day, orders: 5 },
  });
  expect(evidenceOf((index) => index >= 4)?.text).toBe("audit.evidence.order");
});

it("says so of one in ten only after 66: 0.9 to the power of 65 is above a thousandth", () => {
  // 200 orders; the share is of those before.
  const tenth = (good: number) => (index: number) => index >= good && (index - good) % 10 === 0;
  expect(evidenceOf(tenth(70))?.text).toBe("audit.evidence.seemsOver");
  expect(evidenceOf(tenth(60))?.text).toBe("audit.evidence.order");
});

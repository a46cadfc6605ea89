import { expect, it } from "vitest";

import { healthyFacts, withOrders, withDays, withServer, sum } from "#tests/setup/healthy-facts.ts";

import { consentLoss } from "./check.ts";

const lost = (count: number, country = "US") =>
  withOrders(healthyFacts(), count, (order) => ({
    ...withServer(order, { state: "skipped", skipReason: "no_consent" }),
    country,
  }));

it("fails above 40 % of orders from where nobody has to be asked", () => {
  expect(consentLoss.judge(lost(81), false)).toMatchObject({
    kind: "fails",
    orders: 81,
    values: { share: 0.405 },
  });
});

it("holds at 40 %, and for any share where the law asks", () => {
  expect(consentLoss.judge(lost(80), false).kind).toBe("holds");
  expect(consentLoss.judge(lost(150, "DE"), false).kind).toBe("holds");
});

it("fails when suddenly 15 points more are lost", () => {
  const facts = withDays(healthyFacts(400), 2, (day) => {
    const dataset = day.datasets["1"];
    return dataset ? { ...day, datasets: { "1": { ...dataset, skipped: { no_consent: sum(80) } } } } : day;
  });
  expect(consentLoss.judge(facts, false)).toMatchObject({ kind: "fails", certainty: "likely", orders: 80 });
});

it("sees it whichever of the datasets was connected first", () => {
  const facts = withDays(healthyFacts(400), 2, (day) => {
    const dataset = day.datasets["1"];
    if (!dataset) return day;
    return { ...day, datasets: { "1": dataset, "2": { ...dataset, skipped: { no_consent: sum(80) } } } };
  });
  expect(consentLoss.judge(facts, false)).toMatchObject({ kind: "fails", orders: 80 });
});

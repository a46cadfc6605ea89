import { expect, it } from "vitest";

import { healthyFacts, withOrders, withDays, withServer } from "#tests/setup/healthy-facts.ts";

import { emailCoverage } from "./check.ts";

const without = (count: number) =>
  withOrders(healthyFacts(), count, (order) => withServer(order, { keys: ["ph", "fbp"] }));

it.each([
  [11, "medium"],
  [41, "high"],
])("fails for %d of 200 orders without e-mail: %s", (count, severity) => {
  expect(emailCoverage.judge(without(count), false)).toMatchObject({
    kind: "fails",
    severity,
    orders: count,
  });
});

it("holds at 95 %", () => {
  expect(emailCoverage.judge(without(10), false).kind).toBe("holds");
});

it("fails when yesterday has ten points less than such days before", () => {
  const facts = withDays(healthyFacts(400), 2, (day) => {
    const dataset = day.datasets["1"];
    return dataset ? { ...day, datasets: { "1": { ...dataset, keys: { ...dataset.keys, em: 340 } } } } : day;
  });
  expect(emailCoverage.judge(facts, false)).toMatchObject({ kind: "fails", severity: "high" });
});

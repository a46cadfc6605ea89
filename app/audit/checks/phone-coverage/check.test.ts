import { expect, it } from "vitest";

import { healthyFacts, withOrders, withDays } from "#tests/setup/healthy-facts.ts";

import { phoneCoverage } from "./check.ts";

const unreadable = (count: number) =>
  withOrders(healthyFacts(), count, (order) => ({
    ...order,
    dropped: [{ key: "ph", reason: "not_a_valid_phone_number" }],
  }));

it("fails above 5 % of a country's orders with a number that cannot be read", () => {
  expect(phoneCoverage.judge(unreadable(11), false)).toMatchObject({
    kind: "fails",
    orders: 11,
    values: { countries: "US" },
  });
});

it("holds at 5 %", () => {
  expect(phoneCoverage.judge(unreadable(10), false).kind).toBe("holds");
});

it("fails when far fewer orders than usual have one", () => {
  const facts = withDays(healthyFacts(400), 2, (day) => {
    const dataset = day.datasets["1"];
    return dataset ? { ...day, datasets: { "1": { ...dataset, keys: { ...dataset.keys, ph: 340 } } } } : day;
  });
  expect(phoneCoverage.judge(facts, false)).toMatchObject({ kind: "fails", orders: 60 });
});

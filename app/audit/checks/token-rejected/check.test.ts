import { expect, it } from "vitest";

import { healthyFacts, withDays, withDataset, sum, NOW, daysAgo } from "#tests/setup/healthy-facts.ts";

import { tokenRejected } from "./check.ts";

it("fails when Meta holds a dataset for its token, with the orders that wait", () => {
  const facts = withDays(
    withDataset(healthyFacts(), { held: { class: "credential", since: NOW - 2 * 86_400_000 } }),
    3,
    (day) => {
      const dataset = day.datasets["1"];
      return dataset ? { ...day, datasets: { "1": { ...dataset, open: sum(40) } } } : day;
    },
  );
  expect(tokenRejected.judge(facts, false)).toMatchObject({
    kind: "fails",
    severity: "critical",
    since: daysAgo(2),
    orders: 120,
    worth: [{ currency: "USD", amount: 6000 }],
    evidence: [{ values: { orders: 120 }, url: "/app/events?view=waiting" }],
  });
});

it.each([
  { hasToken: false },
  { checkResult: "expired_token", lastSentAt: NOW - 2 * 86_400_000 },
  { checkResult: "other_dataset", lastSentAt: null },
])("fails for %o", (change) => {
  expect(tokenRejected.judge(withDataset(healthyFacts(), change), false).kind).toBe("fails");
});

it("holds when Meta took an order after it had called the token expired", () => {
  expect(tokenRejected.judge(withDataset(healthyFacts(), { checkResult: "expired_token" }), false).kind).toBe(
    "holds",
  );
});

it.each([{ checkResult: "unreachable" }, { held: { class: "transient", since: NOW } }])(
  "holds for %o, which passes",
  (change) => {
    expect(tokenRejected.judge(withDataset(healthyFacts(), change), false).kind).toBe("holds");
  },
);

it("holds for a dataset without a token that is paused: Meta has refused none", () => {
  const facts = withDataset(healthyFacts(), { hasToken: false, state: "paused" });
  expect(tokenRejected.judge(facts, false).kind).toBe("holds");
});

it("does not apply while no dataset is connected", () => {
  expect(tokenRejected.judge(healthyFacts(40, { datasets: [] }), false).kind).toBe("not_applicable");
});

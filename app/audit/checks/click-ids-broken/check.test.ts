import { expect, it } from "vitest";

import { healthyFacts, withOrders, withServer } from "#tests/setup/healthy-facts.ts";

import { clickIdsBroken } from "./check.ts";

const broken = (count: number) =>
  withOrders(healthyFacts(), count, (order) => ({
    ...order,
    dropped: [{ key: "fbc", reason: "malformed" }],
  }));

it("fails for three of 200", () => {
  expect(clickIdsBroken.judge(broken(3), false)).toMatchObject({ kind: "fails", orders: 3 });
});

it("counts what Meta itself calls modified", () => {
  const facts = withOrders(healthyFacts(), 3, (order) =>
    withServer(order, { failure: { class: "payload", code: 100, subcode: 2804001 } }),
  );
  expect(clickIdsBroken.judge(facts, false)).toMatchObject({ kind: "fails", orders: 3 });
});

it("holds for two", () => {
  expect(clickIdsBroken.judge(broken(2), false).kind).toBe("holds");
});

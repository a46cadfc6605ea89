import { expect, it } from "vitest";

import { healthyFacts, withOrders, withServer } from "#tests/setup/healthy-facts.ts";

import { tooOld } from "./check.ts";

const old = (count: number, source = "web") =>
  withOrders(healthyFacts(), count, (order) => ({
    ...withServer(order, { state: "skipped", skipReason: "too_old" }),
    source,
  }));

it("fails for two of 200", () => {
  expect(tooOld.judge(old(2), false)).toMatchObject({ kind: "fails", severity: "high", orders: 2 });
});

it("holds for one of 200, and for imports", () => {
  expect(tooOld.judge(old(1), false).kind).toBe("holds");
  expect(tooOld.judge(old(50, "import"), false).kind).toBe("holds");
});

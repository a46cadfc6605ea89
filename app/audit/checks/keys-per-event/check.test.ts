import { expect, it } from "vitest";

import { healthyFacts, withOrders, withServer } from "#tests/setup/healthy-facts.ts";

import { keysPerEvent } from "./check.ts";

const keys = (count: number) =>
  withOrders(healthyFacts(), 200, (order) =>
    withServer(order, { keys: ["em", "ph", "fn", "ln", "ct", "zp"].slice(0, count) }),
  );

it.each([
  [3, "high"],
  [5, "medium"],
])("fails for %d keys: %s", (count, severity) => {
  expect(keysPerEvent.judge(keys(count), false)).toMatchObject({ kind: "fails", severity });
});

it("holds for six", () => {
  expect(keysPerEvent.judge(keys(6), false).kind).toBe("holds");
});

it("closes with room", () => {
  /** Six keys on every order but the newest `more`, which have seven. */
  const mixed = (more: number) =>
    withOrders(healthyFacts(), 200, (order, index) =>
      withServer(order, {
        keys: ["em", "ph", "fn", "ln", "ct", "zp", "fbp"].slice(0, index < more ? 7 : 6),
      }),
    );
  expect(keysPerEvent.judge(mixed(40), true).kind).toBe("fails");
  expect(keysPerEvent.judge(mixed(60), true).kind).toBe("holds");
});

import { expect, it } from "vitest";

import { healthyFacts, withOrders, withBrowser } from "#tests/setup/healthy-facts.ts";

import { timeWrong } from "./check.ts";

const off = (count: number, minutes: number) =>
  withOrders(healthyFacts(), count, (order) => withBrowser(order, { clockAhead: minutes * 60_000 }));

it("fails above 1 % of clocks that are half an hour off, ahead or behind", () => {
  expect(timeWrong.judge(off(3, 31), false)).toMatchObject({ kind: "fails", orders: 3 });
  expect(timeWrong.judge(off(3, -31), false).kind).toBe("fails");
});

it("holds at 1 %, and for half an hour", () => {
  expect(timeWrong.judge(off(2, 31), false).kind).toBe("holds");
  expect(timeWrong.judge(off(100, 30), false).kind).toBe("holds");
});

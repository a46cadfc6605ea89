import { expect, it } from "vitest";

import { healthyFacts, withOrders } from "#tests/setup/healthy-facts.ts";

import { protectedDataMissing } from "./check.ts";

const bare = (count: number) =>
  withOrders(healthyFacts(), count, (order) => ({ ...order, keys: ["country", "client_ip_address"] }));

it("fails above 20 % of orders without any data of the buyer", () => {
  expect(protectedDataMissing.judge(bare(41), false)).toMatchObject({ kind: "fails", orders: 41 });
});

it("holds at 20 %", () => {
  expect(protectedDataMissing.judge(bare(40), false).kind).toBe("holds");
});

import { expect, it } from "vitest";

import { healthyFacts, withOrders } from "#tests/setup/healthy-facts.ts";

import { addressNotBuyers } from "./check.ts";

const inside = (count: number) =>
  withOrders(healthyFacts(), count, (order) => ({
    ...order,
    dropped: [{ key: "client_ip_address", reason: "private_address" }],
  }));

it("fails for three of 200 and holds for two", () => {
  expect(addressNotBuyers.judge(inside(3), false)).toMatchObject({ kind: "fails", orders: 3 });
  expect(addressNotBuyers.judge(inside(2), false).kind).toBe("holds");
});

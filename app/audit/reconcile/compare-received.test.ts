import { expect, it } from "vitest";

import { compareReceived } from "./compare-received.ts";

const compare = (received: number, least: number, most = least) =>
  compareReceived({ received, least, most }, 0.1);

it.each([
  ["just at 10 %", 110, 100, null],
  ["above it", 111, 100, "more"],
  ["just at 10 % below", 90, 100, null],
  ["below it", 89, 100, "fewer"],
  ["by two of few", 4, 2, null],
  ["by three of few", 5, 2, "more"],
  ["where nothing was ours", 3, 0, "more"],
  ["where nothing is there", 0, 0, null],
  ["where all are lost", 0, 3, "fewer"],
] as const)("says of a difference %s what it is", (_, received, ours, expected) => {
  expect(compare(received, ours)).toBe(expected);
});

it("finds nothing between one copy and both", () => {
  expect([89, 90, 150, 220, 221].map((received) => compare(received, 100, 200))).toEqual([
    "fewer",
    null,
    null,
    null,
    "more",
  ]);
});

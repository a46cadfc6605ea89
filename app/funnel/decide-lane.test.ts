import { expect, it } from "vitest";

import { sizeOfBatch } from "./decide-lane.ts";

it("sends a hundred events at a time, and more where the lane falls behind, up to what is allowed", () => {
  expect([0, 1, 2, 3, 5, 6, 50].map((full) => sizeOfBatch(full, 1_000))).toEqual([
    100, 100, 100, 300, 300, 1_000, 1_000,
  ]);
  expect([0, 3, 6].map((full) => sizeOfBatch(full, 100))).toEqual([100, 100, 100]);
});

import { describe, expect, it } from "vitest";

import { fillInSlices } from "#tests/setup/fill-in-slices.ts";

describe("fixtures of many rows", () => {
  it.each([
    [1001, 1, [[1001, 1001]]],
    [1, 5_000, [[1, 5_000]]],
    [
      1001,
      12_000,
      [
        [1001, 6_000],
        [6_001, 11_000],
        [11_001, 13_000],
      ],
    ],
    [1, 0, []],
  ])(
    "writes from row %i on %i rows, each once, in statements that end soon",
    async (from, count, expected) => {
      const written: number[][] = [];
      await fillInSlices({ from, count }, (first, last) => {
        written.push([first, last]);
        return Promise.resolve();
      });
      expect(written).toEqual(expected);
    },
  );
});

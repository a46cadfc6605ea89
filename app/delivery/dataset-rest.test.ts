import { expect, it } from "vitest";

import { restUntil } from "./dataset-rest.ts";

it("a dataset rests from its third failure in a row on: 2 s, doubling to a minute, stretched by up to a fifth", () => {
  const rest = (failures: number, random = 0) => restUntil(failures, 0, random);
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 500].map((failures) => rest(failures))).toEqual([
    null,
    null,
    null,
    2_000,
    4_000,
    8_000,
    16_000,
    32_000,
    60_000,
    60_000,
    60_000,
  ]);
  expect(rest(3, 0.5)).toBe(2_200);
});

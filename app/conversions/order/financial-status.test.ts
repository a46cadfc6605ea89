import { describe, expect, it } from "vitest";

import { isSale } from "./financial-status.ts";

describe("a sale", () => {
  it.each([
    ["paid", true],
    ["PAID", true],
    ["partially_refunded", true],
    [undefined, true],
    [null, true],
    ["pending", false],
    ["authorized", false],
    ["partially_paid", false],
    ["voided", false],
    ["expired", false],
    ["refunded", false],
    ["", false],
    ["a_status_of_2030", false],
  ])("%s: %s", (status, expected) => {
    expect(isSale(status)).toBe(expected);
  });
});

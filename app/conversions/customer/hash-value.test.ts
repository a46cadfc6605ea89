import { describe, expect, test } from "vitest";
import { hashValue, readHash } from "./hash-value.ts";

const MARY = "6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec"; // Meta's vector

describe("a value is hashed once", () => {
  test.each([
    ["mary", MARY],
    [MARY, MARY],
    [MARY.toUpperCase(), MARY],
    [` ${MARY}\n`, MARY],
    [`${MARY}.AQQCAQMC`, MARY],
    [`${MARY}.Ag`, MARY],
  ])("%s", (value, expected) => {
    expect(hashValue(value)).toBe(expected);
  });

  test.each([
    MARY.slice(1),
    `${MARY}0`,
    `x${MARY}`,
    `${MARY}.`,
    `${MARY}.AQQCAQMCx`,
    "g".repeat(64),
    "d41d8cd98f00b204e9800998ecf8427e",
  ])("%s is no SHA-256", (text) => {
    expect(readHash(text)).toBeUndefined();
  });
});

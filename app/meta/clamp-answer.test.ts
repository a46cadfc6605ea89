import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { clampInteger, clampJson, clampText } from "./clamp-answer.ts";
import { classifyEventsAnswer } from "./classify-answer.ts";

describe("what Meta says, cut to what can be stored", () => {
  it.each([
    ["kept as it is", "kept as it is", 50],
    ["two\nlines\u0000and NUL\ttab", "two lines and NUL tab", 50],
    ["a".repeat(10_000), "a".repeat(50), 50],
    // A message cut inside an emoji: the half is left out.
    ["abc😀", "abc", 4],
    ["abc😀", "abc😀", 5],
    ["lone \ud83d half", "lone \ufffd half", 50],
  ])("%j", (given, expected, longest) => {
    expect(clampText(given, longest)).toBe(expected);
  });

  it.each([[""], ["  "], ["\u0000"], [7], [null], [undefined], [{}], [["a"]]])("is no text: %j", (given) => {
    expect(clampText(given, 50)).toBeNull();
  });

  it.each([
    [190, 190],
    [-1, -1],
    [2_147_483_647, 2_147_483_647],
    [2_147_483_648, null],
    [-2_147_483_648, null],
    [1e300, null],
    [1.5, null],
    [Number.NaN, null],
    ["190", null],
    [null, null],
  ])("as a code: %j becomes %j", (given, expected) => {
    expect(clampInteger(given)).toBe(expected);
  });

  it("bounds JSON in depth, length and size", () => {
    const deep = JSON.parse(`${'{"a":'.repeat(500)}1${"}".repeat(500)}`) as unknown;
    expect(JSON.stringify(clampJson(deep)).length).toBeLessThan(100);
    expect(clampJson(Array.from({ length: 5_000 }, () => 1))).toHaveLength(200);
    expect(clampJson({ "k\u0000": "v\u0000w", n: 3, no: null })).toEqual({ k: "v w", n: 3, no: null });
  });

  it("is always storable, whatever the answer", () => {
    const odd = fc.oneof(
      fc.string({ unit: "binary", maxLength: 3_000 }),
      fc.double(),
      fc.jsonValue(),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(
        fc.record({
          message: odd,
          code: odd,
          error_subcode: odd,
          fbtrace_id: odd,
          error_user_title: odd,
          error_user_msg: odd,
        }),
        fc.constantFrom(200, 400, 500),
        (error, status) => {
          const answer = classifyEventsAnswer(
            { kind: "answered", status, headers: {}, body: JSON.stringify({ error }) },
            1,
          );
          if (answer.kind !== "rejected") throw new Error("an error is an error");
          for (const text of [answer.message, answer.fbtraceId ?? ""]) {
            expect(text.isWellFormed()).toBe(true);
            expect(text).not.toMatch(/\p{Cc}/u);
            expect(text.length).toBeLessThanOrEqual(500);
          }
          for (const code of [answer.code, answer.subcode])
            expect(code === null || (Number.isInteger(code) && Math.abs(code) < 2 ** 31)).toBe(true);
        },
      ),
    );
  });
});

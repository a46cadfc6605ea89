import { expect, it } from "vitest";

import { cleanText } from "#app/conversions/clean-text.ts";
import { findSuperlinear, readPatterns, worstCost } from "#tests/security/pattern-cost.ts";

/** Files whose patterns only meet text that `cleanText` has let pass, and the length that it lets pass. */
const BOUNDED: ReadonlyMap<string, number> = new Map([
  ["app/conversions/customer/normalise-city.ts", 255],
  ["app/conversions/customer/read-phone-text.ts", 64],
]);
const PATTERNS = readPatterns();
const isBounded = ({ file }: { readonly file: string }) => BOUNDED.has(file);

it("knows a pattern whose cost grows with the square of its text", () => {
  expect(findSuperlinear(/[\w.+-]+@[\w-]+\.[\w.-]+/g)).toBeDefined();
  expect(findSuperlinear(/\s+$/)).toBeDefined();
  expect(findSuperlinear(/^\s+/)).toBeUndefined();
}, 300_000);

it("finds the patterns of the app", () => {
  expect(PATTERNS.length).toBeGreaterThan(100);
});

it.each(PATTERNS.filter((each) => !isBounded(each)))(
  "$place reads 100 kB made to be expensive, at a cost that grows with the length",
  ({ pattern }) => {
    expect(findSuperlinear(pattern)).toBeUndefined();
  },
  300_000,
);

it.each(PATTERNS.filter(isBounded))(
  "$place reads the longest text that reaches it in some milliseconds",
  ({ file, pattern }) => {
    const most = BOUNDED.get(file) ?? 0;
    expect(cleanText("a".repeat(most + 1), most).ok).toBe(false);
    expect(worstCost(pattern, most)).toBeLessThan(50);
  },
  60_000,
);

import { expect, it } from "vitest";
import { consentCode } from "./consent-flags.ts";

it.each([
  ["m1a1p0s1", { marketing: true, analytics: true, preferences: false, saleOfData: true }],
  ["m0a0p0s0", { marketing: false, analytics: false, preferences: false, saleOfData: false }],
  ["m1s0", { saleOfData: false, marketing: true }],
  ["", {}],
])("%j", (code, consent) => {
  expect(consentCode(consent)).toBe(code);
});

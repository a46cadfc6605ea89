import { expect, it } from "vitest";
import { isClickId, isPlainIdentifier } from "./plain-identifier.ts";

it.each([
  ["_fbp", "fb.1.1761288000000.1098115397", true],
  ["_fbp", "fb.1.1761288000000.1098115397.AQQCAQMC", true],
  ["_fbp", "fb.1.1761288000000.undefined", false],
  ["_fbp", "fb.1.1761288000.1098115397", false],
  ["_fbc", "fb.1.1761288000000.IwAR0_a-Z", true],
  ["_fbc", "fb.1.1761288000000.IwAR0_a-Z.AQQCAQMC", true],
  ["_fbc", "fb.1.1761288000000.undefined", false],
  ["_fbc", "fb.1.1761288000000.[object Object]", false],
  ["_fbc", "fb.1.1761288000000.fb.1.1761288000000.IwAR0", false],
  ["_fbc", "undefined", false],
  ["_fbc", "", false],
])("%s %s: %s", (name, value, expected) => {
  expect(isPlainIdentifier(name, value)).toBe(expected);
});

it.each([
  "undefined",
  "null",
  "NaN",
  "none",
  "true",
  "{{fbclid}}",
  "%s",
  "fb.1.1761288000000.IwAR0",
  "",
  "-----",
])("%j is no click ID", (text) => {
  expect(isClickId(text)).toBe(false);
});

import { expect, test } from "vitest";
import { toAsciiDigits } from "./ascii-digits.ts";

test.each([
  ["a 0123456789 b", "a 0123456789 b"],
  ["٠١٢٣٤٥٦٧٨٩", "0123456789"],
  ["०१२३४५६७८९", "0123456789"],
  ["𞥐𞥑𞥒𞥓𞥔𞥕𞥖𞥗𞥘𞥙", "0123456789"],
  // five runs of ten stand side by side here: bold, double-struck, sans-serif …
  ["𝟎𝟗𝟘𝟡𝟢𝟫𝟬𝟵𝟶𝟿", "0909090909"],
  ["½ Ⅳ 三", "½ Ⅳ 三"],
])("%s", (text, expected) => {
  expect(toAsciiDigits(text)).toBe(expected);
});

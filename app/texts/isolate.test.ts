import { expect, it } from "vitest";

import { isolate } from "./isolate.ts";
import { texts } from "./texts.ts";

it.each([
  ["متجر النور", "\u2068متجر النور\u2069"],
  ["#١٠٠١-طلب", "\u2068#١٠٠١-طلب\u2069"],
  ["חנות 24", "\u2068חנות 24\u2069"],
  ["Café München", "Café München"],
  ["東京ストア", "東京ストア"],
  ["", ""],
])("%s", (name, text) => {
  expect(isolate(name)).toBe(text);
});

it("holds for what fills the gap of any text, and leaves everything else as it was written", () => {
  texts.addResource("en", "translation", "test.named", "Order {{name}} was sent.");
  const say = texts.t as (key: string, values: object) => string;
  expect(say("test.named", { name: "طلب 7" })).toBe("Order \u2068طلب 7\u2069 was sent.");
  expect(say("test.named", { name: `<b>"7/8" & $t(test.named)` })).toBe(
    `Order <b>"7/8" & $t(test.named) was sent.`,
  );
  expect(say("test.named", { name: 7 })).toBe("Order 7 was sent.");
});

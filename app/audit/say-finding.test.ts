import { expect, it } from "vitest";

import { sayText } from "../texts/texts.ts";
import { sayEvidence } from "./say-finding.ts";

const format = { number: String, percent: String, money: String, day: (day: string) => day };
const said = (cause: string): string | undefined => {
  const line = {
    text: "audit.evidence.eventRefused",
    values: { event: "AddToCart", count: 9, all: 400, cause },
  };
  const text = sayEvidence(line, format);
  return text && sayText(text);
};

it("names a cause as the merchant's other pages do", () => {
  expect(said("payload")).toBe("AddToCart: 9 of 400 refused, mostly: Event refused");
  expect(said("too_old")).toMatch(/^AddToCart: 9 of 400 refused, mostly: [A-Z][a-z ]+$/);
});

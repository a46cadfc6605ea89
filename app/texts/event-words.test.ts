import { expect, it } from "vitest";

import { EVENTS } from "../../extensions/contract/events/registry.ts";
import { eventWords } from "./event-words.ts";

it("names an event in a merchant's words and by Meta's name", () => {
  expect(eventWords("ViewContent").label).toBe("Product viewed (ViewContent)");
  expect(eventWords("Purchase").label).toBe("Purchase");
});

it.each(["Lead", "label", "choose", "toString", ""])(
  "calls an event without words by Meta's name: %j",
  (name) => {
    expect(eventWords(name)).toEqual({ label: name });
  },
);

it.each(EVENTS.map(({ name }) => name))("has words for %s", (name) => {
  expect(eventWords(name).help).toMatch(/\.$/);
});

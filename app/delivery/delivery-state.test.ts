import { expect, it } from "vitest";

import { shownState } from "./delivery-state.ts";

const held = new Date(0);

it.each([
  ["due", "active", null, "due"],
  ["due", "active", held, "held"],
  ["waiting", "active", held, "held"],
  ["held", "active", null, "due"],
  ["retrying", "paused", null, "paused"],
  ["retrying", "paused", held, "paused"],
  ["leased", "active", held, "leased"],
  ["delivered", "active", held, "delivered"],
  ["dead", "paused", null, "dead"],
] as const)("a %s delivery of an %s dataset held since %s shows as %s", (state, dataset, heldAt, shown) => {
  expect(shownState(state, { state: dataset, heldAt })).toBe(shown);
});

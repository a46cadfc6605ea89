import { describe, expect, it } from "vitest";

import { isAnotherShop } from "./judge-shop-id.ts";

describe("the shop ID that a body names", () => {
  it.each([
    ["nothing is named", { claimed: undefined, own: "1", isKnownElsewhere: false }, false],
    ["it is the store's", { claimed: "1", own: "1", isKnownElsewhere: false }, false],
    [
      "it is the store's, and another row has it too",
      { claimed: "1", own: "1", isKnownElsewhere: true },
      false,
    ],
    ["it is not the store's", { claimed: "2", own: "1", isKnownElsewhere: false }, true],
    ["the store's is not known yet", { claimed: "2", own: undefined, isKnownElsewhere: false }, false],
    [
      "the store's is not known, another store has it",
      { claimed: "2", own: undefined, isKnownElsewhere: true },
      true,
    ],
  ])("%s", (_name, input, expected) => {
    expect(isAnotherShop(input)).toBe(expected);
  });
});

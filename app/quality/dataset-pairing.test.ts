import { expect, it } from "vitest";

import { pairingInDataset, readPairing } from "./dataset-pairing.ts";

it.each([
  ["paired", "delivered", "paired"],
  ["paired", "dead", "browser_only"],
  ["paired", "skipped", "browser_only"],
  ["paired", "held", "pending"],
  ["paired", "retrying", "pending"],
  ["mismatched", "delivered", "mismatched"],
  ["mismatched", "skipped", "browser_only"],
  ["server_only", "delivered", "server_only"],
  ["server_only", "dead", "pending"],
  ["server_only", "paused", "pending"],
  ["browser_only", "dead", "browser_only"],
  ["pending", "skipped", "pending"],
] as const)(
  "an order that is %s in the store is, at a dataset where it is %s, %s",
  (pairing, state, expected) => {
    expect(pairingInDataset(pairing, state)).toBe(expected);
  },
);

it("knows no other pairing", () => {
  expect(readPairing("paired")).toBe("paired");
  expect(readPairing("something")).toBe("pending");
});

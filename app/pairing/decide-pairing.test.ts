import { describe, expect, it } from "vitest";

import { decidePairing, type CopyFigures, type PairingState } from "./decide-pairing.ts";

const figures: CopyFigures = { eventId: "1001", eventTime: 1_750_000_000, value: 38.36, currency: "USD" };
const state = (more: Partial<PairingState>): PairingState => ({
  browser: "fired",
  server: "delivered",
  browserCopy: figures,
  serverCopies: [figures],
  mayStillFire: true,
  ...more,
});

describe("how two copies stand to each other", () => {
  it.each<[string, Partial<PairingState>, string, boolean]>([
    ["both went and agree", {}, "paired", true],
    ["five minutes apart", { serverCopies: [{ ...figures, eventTime: 1_750_000_300 }] }, "paired", true],
    [
      "more than five minutes apart",
      { serverCopies: [{ ...figures, eventTime: 1_750_000_301 }] },
      "mismatched",
      true,
    ],
    ["another event ID", { serverCopies: [{ ...figures, eventId: "#1001" }] }, "mismatched", true],
    ["another value", { serverCopies: [{ ...figures, value: 38.37 }] }, "mismatched", true],
    ["another currency", { serverCopies: [{ ...figures, currency: "EUR" }] }, "mismatched", true],
    [
      "one of two datasets differs",
      { serverCopies: [figures, { ...figures, value: 1 }] },
      "mismatched",
      true,
    ],
    ["the server's is on its way", { server: "pending" }, "pending", false],
    ["the server's will never go", { server: "ended" }, "browser_only", true],
    ["the browser was blocked", { browser: "blocked" }, "server_only", true],
    [
      "the browser failed, the server's is on its way",
      { browser: "failed", server: "pending" },
      "pending",
      false,
    ],
    ["the browser may still fire", { browser: null }, "pending", false],
    ["the browser stays silent", { browser: null, mayStillFire: false }, "server_only", true],
    ["neither went", { browser: null, server: "ended", mayStillFire: false }, "pending", true],
  ])("%s", (_name, more, pairing, isClosed) => {
    expect(decidePairing(state(more))).toEqual({ pairing, isClosed });
  });
});

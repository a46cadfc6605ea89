import { describe, expect, it } from "vitest";

import type { SentCopy } from "./count-at-meta.ts";
import { datasetCopies } from "./dataset-copies.ts";
import { decideDatasetPairing, decidePairing, type DatasetCopies } from "./decide-pairing.ts";

const SENT: SentCopy = {
  eventName: "Purchase",
  eventId: "1001",
  eventTime: 1_750_000_000,
  sentAt: 1_750_000_000_000,
};
const copies = (more: Partial<DatasetCopies>): DatasetCopies => ({
  browser: "sent",
  server: "delivered",
  browserCopy: SENT,
  serverCopy: SENT,
  mayStillFire: true,
  ...more,
});

describe("how two copies to one dataset stand to each other", () => {
  it.each<[string, Partial<DatasetCopies>, string, boolean]>([
    ["both went, same name and ID", {}, "paired", true],
    ["two days apart", { serverCopy: { ...SENT, eventTime: 1_750_172_800 } }, "paired", true],
    ["more than two days apart", { serverCopy: { ...SENT, eventTime: 1_750_172_801 } }, "mismatched", true],
    ["another event ID", { serverCopy: { ...SENT, eventId: "#1001" } }, "mismatched", true],
    ["another event name", { serverCopy: { ...SENT, eventName: "Order" } }, "mismatched", true],
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
    expect(decideDatasetPairing(copies(more))).toEqual({ pairing, isClosed });
    expect(decidePairing([copies(more)])).toEqual({ pairing, isClosed });
  });
});

describe("over all datasets of a store", () => {
  const paired = copies({});
  const twice = copies({ serverCopy: { ...SENT, eventId: "x" } });
  const blocked = copies({ browser: "blocked" });
  const failed = copies({ server: "ended" });
  const open = copies({ server: "pending" });
  it.each<[string, DatasetCopies[], string, boolean]>([
    ["paired at one, failed at the other", [paired, failed], "paired", true],
    ["paired at one, on its way to the other", [open, paired], "paired", true],
    ["may be counted twice at one", [paired, twice], "mismatched", true],
    [
      "recovered at one, on its way to the other",
      [blocked, copies({ server: "pending" })],
      "server_only",
      true,
    ],
    ["failed at one, on its way to the other", [failed, open], "pending", false],
    [
      "none of the browser's at one, and it may still come to the other",
      [copies({ browser: null, mayStillFire: false }), copies({ browser: null })],
      "pending",
      false,
    ],
    ["no dataset", [], "pending", true],
  ])("%s", (_name, datasets, pairing, isClosed) => {
    expect(decidePairing(datasets)).toEqual({ pairing, isClosed });
  });
});

describe("what is known of both copies to one dataset", () => {
  const purchase = { eventName: "Purchase", eventId: "1001", eventTime: new Date(1_750_000_000_500) };
  const fire = {
    outcome: "sent",
    outcomes: [
      { id: "111", outcome: "sent" },
      { id: "222", outcome: "blocked" },
    ],
    copy: { eventId: "1001", eventTime: 1_750_000_000, value: 1, datasets: ["111", "222"] },
    answeredAt: new Date(1_750_000_001_000),
  };
  const delivery = (datasetId: string, payload: unknown = null) => ({
    datasetId,
    state: "delivered",
    firstSentAt: 1_750_000_002_000,
    payload,
  });
  const pairing = (datasetId: string, of: typeof fire | null = fire, payload: unknown = null) =>
    decideDatasetPairing(datasetCopies(purchase, of, delivery(datasetId, payload), false)).pairing;

  it("goes by what the browser said of this dataset", () => {
    expect(pairing("111")).toBe("paired");
    expect(pairing("222")).toBe("server_only");
  });

  it("knows that the browser's copy went to no dataset that it did not name", () => {
    expect(pairing("333")).toBe("server_only");
  });

  it("takes what is no longer kept from the stored figures", () => {
    expect(pairing("111", { ...fire, outcomes: null as never, copy: null as never })).toBe("paired");
    expect(pairing("111", null)).toBe("server_only");
  });

  it.each([
    [
      { event_name: "Purchase", event_id: "1001", event_time: 1_750_000_000, custom_data: { value: 99 } },
      "paired",
    ],
    [{ event_name: "Purchase", event_id: "1002", event_time: 1_750_000_000 }, "mismatched"],
    [{ event_name: "Other", event_id: "1001", event_time: 1_750_000_000 }, "mismatched"],
    [{ event_name: "Purchase", event_id: "1001", event_time: 1_750_172_801 }, "mismatched"],
  ])("reads what was sent: %j is %s", (payload, expected) => {
    expect(pairing("111", fire, payload)).toBe(expected);
  });
});

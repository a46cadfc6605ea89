import { describe, expect, it } from "vitest";

import { findAttention, type AttentionEvidence } from "./find-attention.ts";
import { setupSteps, type SetupEvidence } from "./setup-steps.ts";
import { storePeriod } from "./store-period.ts";

const NOW = Date.UTC(2026, 2, 10, 12);
const DAY = 86_400_000;
const FINE: AttentionEvidence = {
  held: [],
  failedDeliveries: 0,
  mismatched: 0,
  webPixel: { state: "connected", problem: null },
  metafield: { state: "synced", problem: null },
  sweepProblem: null,
  lastHeartbeat: NOW,
  webOrdersRecently: true,
  now: NOW,
};
const HELD = {
  kind: "dataset_held",
  datasetRow: "1",
  name: "Web",
  class: "credential",
  message: null,
  since: NOW,
  waiting: 3,
} as const;

describe("what needs a person", () => {
  it.each<[string, Partial<AttentionEvidence>, string | undefined]>([
    ["nothing", {}, undefined],
    ["a dataset that stopped, before everything else", { held: [HELD], failedDeliveries: 9 }, "dataset_held"],
    [
      "sales that failed, before pairs that differ",
      { failedDeliveries: 1, mismatched: 1 },
      "failed_deliveries",
    ],
    ["pairs that differ", { mismatched: 1 }, "mismatched"],
    ["a web pixel that failed", { webPixel: { state: "failed", problem: "x" } }, "pixel_failed"],
    [
      "a pixel that was never tried: the setup guide's business",
      { webPixel: { state: null, problem: null } },
      undefined,
    ],
    ["an embed silent for three days while orders come", { lastHeartbeat: NOW - 3 * DAY }, "embed_silent"],
    ["one silent while nobody buys", { lastHeartbeat: NOW - 3 * DAY, webOrdersRecently: false }, undefined],
    ["a sweep that fails", { sweepProblem: "denied" }, "sweep_failed"],
  ])("%s", (_name, change, kind) => {
    expect(findAttention({ ...FINE, ...change })?.kind).toBe(kind);
  });
});

describe("the setup guide", () => {
  const none: SetupEvidence = {
    datasets: [],
    lastHeartbeat: null,
    webPixelState: null,
    purchaseSeen: false,
    pairSeen: false,
    now: NOW,
  };
  const done = (change: Partial<SetupEvidence>) =>
    setupSteps({ ...none, ...change })
      .filter((each) => each.done)
      .map((each) => each.step);
  const dataset = { state: "active", hasToken: true, held: false, checkResult: "ok" };

  it("has nothing done at first", () => expect(done({})).toEqual([]));
  it.each([
    ["a good one", dataset, ["dataset"]],
    ["one that Meta could not be asked about", { ...dataset, checkResult: "unreachable" }, ["dataset"]],
    ["a paused one", { ...dataset, state: "paused" }, ["dataset"]],
    ["one whose token expired", { ...dataset, checkResult: "expired_token" }, []],
    ["a held one", { ...dataset, held: true }, []],
    ["one without a token", { ...dataset, hasToken: false }, []],
  ])("takes a dataset for connected by its token: %s", (_name, one, steps) => {
    expect(done({ datasets: [one] })).toEqual(steps);
  });
  it("believes a heartbeat for a week", () => {
    expect(done({ lastHeartbeat: NOW - 6 * DAY })).toEqual(["embed"]);
    expect(done({ lastHeartbeat: NOW - 8 * DAY })).toEqual([]);
  });
});

describe("a period", () => {
  it("ends with the store's today, wherever the server is", () => {
    const late = Date.UTC(2026, 2, 10, 2);
    expect(storePeriod(7, "America/Los_Angeles", late).all).toEqual([
      "2026-03-03",
      "2026-03-04",
      "2026-03-05",
      "2026-03-06",
      "2026-03-07",
      "2026-03-08",
      "2026-03-09",
    ]);
    expect(storePeriod(7, "Asia/Tokyo", late).to).toBe("2026-03-10");
  });
});

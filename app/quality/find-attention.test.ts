import { describe, expect, it } from "vitest";

import { datasetStatus, type DatasetStatus, type DatasetStatusEvidence } from "./dataset-status.ts";
import {
  findAttention,
  type Attention,
  type AttentionDataset,
  type AttentionEvidence,
} from "./find-attention.ts";
import { isAlwaysOn, setupSteps, type SetupEvidence } from "./setup-steps.ts";

const NOW = Date.UTC(2026, 2, 10, 12);
const DAY = 86_400_000;
const FINE: AttentionEvidence = {
  datasets: [],
  hasSources: true,
  failedDeliveries: 0,
  mismatched: 0,
  webPixel: { state: "connected", problem: null },
  metafield: { state: "synced", problem: null },
  sweepProblem: null,
  lastHeartbeat: NOW,
  webOrdersRecently: true,
  now: NOW,
};
const dataset = (id: string, status: AttentionDataset["status"]): AttentionDataset => ({
  id,
  label: `Dataset ${id}`,
  status,
  heldMessage: null,
  waiting: 3,
});
const HELD = dataset("1", { kind: "held", class: "credential", since: NOW });

describe("what somebody can act on", () => {
  it.each<[string, Partial<AttentionEvidence>, readonly Attention["kind"][]]>([
    ["nothing", {}, []],
    [
      "all of several troubles, worst first",
      {
        sweepProblem: "denied",
        mismatched: 1,
        failedDeliveries: 9,
        hasSources: false,
        datasets: [dataset("2", { kind: "paused" }), HELD],
        webPixel: { state: "failed", problem: "x" },
      },
      [
        "dataset_held",
        "sources_off",
        "failed_deliveries",
        "dataset_paused",
        "mismatched",
        "pixel_failed",
        "sweep_failed",
      ],
    ],
    [
      "each of two datasets that stopped",
      { datasets: [HELD, { ...HELD, id: "2" }] },
      ["dataset_held", "dataset_held"],
    ],
    [
      "a token that the last check found refused",
      { datasets: [dataset("1", { kind: "token_refused", since: NOW })] },
      ["token_refused"],
    ],
    [
      "what passes by itself: nobody can act on it",
      { datasets: [dataset("1", { kind: "unavailable" }), dataset("2", { kind: "slowed" })] },
      [],
    ],
    ["no order switched on", { hasSources: false }, ["sources_off"]],
    ["pairs that differ", { mismatched: 1 }, ["mismatched"]],
    ["a web pixel that failed", { webPixel: { state: "failed", problem: "x" } }, ["pixel_failed"]],
    [
      "a pixel that was never tried: the setup guide's business",
      { webPixel: { state: null, problem: null } },
      [],
    ],
    ["an embed silent for three days while orders come", { lastHeartbeat: NOW - 3 * DAY }, ["embed_silent"]],
    ["one silent while nobody buys", { lastHeartbeat: NOW - 3 * DAY, webOrdersRecently: false }, []],
    ["a sweep that fails", { sweepProblem: "denied" }, ["sweep_failed"]],
  ])("%s", (_name, change, kinds) => {
    expect(findAttention({ ...FINE, ...change }).map((each) => each.kind)).toEqual(kinds);
  });
});

describe("what a dataset does", () => {
  const working = {
    state: "active",
    heldAt: null,
    heldClass: null,
    checkedAt: new Date(NOW - DAY),
    checkResult: "ok",
    failingSince: null,
    restsUntil: null,
    throttledUntil: null,
    lastSentAt: NOW - 1000,
  };
  const FIVE_HOURS = new Date(NOW - 5 * 3_600_000);
  it.each<[string, Partial<DatasetStatusEvidence>, DatasetStatus]>([
    ["works", {}, { kind: "active" }],
    [
      "Meta answers 503 for five hours",
      { failingSince: FIVE_HOURS, restsUntil: new Date(NOW + 60_000) },
      { kind: "unavailable", since: FIVE_HOURS.getTime() },
    ],
    ["one request failed, which passes", { failingSince: new Date(NOW - 1000) }, { kind: "active" }],
    [
      "the token expired while it failed",
      { heldAt: FIVE_HOURS, heldClass: "credential", failingSince: FIVE_HOURS, restsUntil: FIVE_HOURS },
      { kind: "held", class: "credential", since: FIVE_HOURS.getTime() },
    ],
    ["paused while held", { state: "paused", heldAt: FIVE_HOURS }, { kind: "paused" }],
    ["disconnected", { state: "disconnected", failingSince: FIVE_HOURS }, { kind: "disconnected" }],
    [
      "the last check refused the token",
      { checkResult: "expired_token", checkedAt: new Date(NOW) },
      { kind: "token_refused", result: "expired_token", since: NOW },
    ],
    ["an event was taken after such a check", { checkResult: "missing_scope" }, { kind: "active" }],
    ["Meta could not be asked", { checkResult: "unreachable", checkedAt: new Date(NOW) }, { kind: "active" }],
    ["Meta asked to wait", { throttledUntil: new Date(NOW + 1) }, { kind: "slowed", until: NOW + 1 }],
    ["that wait is over", { throttledUntil: new Date(NOW) }, { kind: "active" }],
  ])("%s", (_name, change, status) => {
    expect(datasetStatus({ ...working, ...change }, NOW)).toEqual(status);
  });
});

describe("the setup guide", () => {
  const none: SetupEvidence = {
    datasets: [],
    lastHeartbeat: null,
    webPixelState: null,
    alwaysOn: null,
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
  it("has a step for Always on only where a witness has spoken", () => {
    const step = (alwaysOn: boolean | null) =>
      setupSteps({ ...none, alwaysOn }).find((each) => each.step === "alwaysOn")?.done;
    expect([step(null), step(false), step(true)]).toEqual([undefined, false, true]);
  });
  it.each([
    ["ALWAYS_ON", "optimized", true],
    ["OPTIMIZED_ALLOW_ALL_EVENTS", "unrestricted", false],
    [null, "unrestricted", true],
    [null, "optimized", false],
    [null, "something", null],
    [null, null, null],
  ])("takes Shopify's word %s before the pages' %s: %s", (told, page, is) => {
    expect(isAlwaysOn(told, page)).toBe(is);
  });
  it("believes a heartbeat for a week", () => {
    expect(done({ lastHeartbeat: NOW - 6 * DAY })).toEqual(["embed"]);
    expect(done({ lastHeartbeat: NOW - 8 * DAY })).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";

import type { EventsAnswer, Rejection } from "../meta/classify-answer.ts";
import { decideBatchStep, decideSettlement, type DeliveryFacts } from "./decide-settlement.ts";

const HOUR = 3_600_000;
const now = 10 * HOUR;
const facts: DeliveryFacts = {
  takenInAt: 0,
  expiresAt: 167 * HOUR,
  firstSentAt: null,
  browserFired: false,
  askedAt: null,
  failures: 0,
  dueAt: 9 * HOUR,
};
const accepted: EventsAnswer = { kind: "accepted", status: 200, received: 1, fbtraceId: null };
const partial: EventsAnswer = { kind: "partial", status: 200, received: 0, fbtraceId: null };
const rejected = (more: Partial<Rejection>): Rejection => ({
  kind: "rejected",
  class: "transient",
  remedy: null,
  status: 400,
  code: null,
  subcode: null,
  message: "",
  fbtraceId: null,
  retryAfterMs: null,
  mayHaveArrived: false,
  ...more,
});
const decide = (answer: EventsAnswer, more: Partial<DeliveryFacts> = {}, at = now) =>
  decideSettlement(answer, { ...facts, ...more }, { now: at, random: 0.5 });

describe("what an answer makes of a delivery", () => {
  it.each([
    ["accepted", accepted, { state: "delivered" }],
    ["not received", partial, { state: "retrying", dueAt: now + 30_000, failed: true }],
    ["transient", rejected({}), { state: "retrying", dueAt: now + 30_000, failed: true }],
    ["unknown", rejected({ class: "unknown" }), { state: "retrying", dueAt: now + 30_000, failed: true }],
    [
      "transient with Retry-After",
      rejected({ retryAfterMs: 60_000 }),
      { state: "retrying", dueAt: now + 60_000, failed: true },
    ],
    [
      "throttled: keeps its place, loses no attempt",
      rejected({ class: "throttled" }),
      { state: "retrying", dueAt: 9 * HOUR, failed: false },
    ],
    ["credential: keeps its place", rejected({ class: "credential" }), { state: "held", dueAt: 9 * HOUR }],
    ["permission", rejected({ class: "permission" }), { state: "held", dueAt: 9 * HOUR }],
    ["configuration", rejected({ class: "configuration" }), { state: "held", dueAt: 9 * HOUR }],
    ["payload", rejected({ class: "payload" }), { state: "dead" }],
    [
      "payload: too old",
      rejected({ class: "payload", remedy: "too_old" }),
      { state: "skipped", reason: "too_old" },
    ],
    [
      "payload: in Meta's future",
      rejected({ class: "payload", remedy: "later" }),
      { state: "retrying", dueAt: now + 30_000, failed: true },
    ],
    [
      "payload: click ID, already without",
      rejected({ class: "payload", remedy: "without_click_id" }),
      { state: "dead" },
    ],
  ])("%s", (_name, answer, expected) => {
    expect(decide(answer)).toEqual(expected);
  });

  it("ends after the tenth failure", () => {
    expect(decide(rejected({}), { failures: 8 })).toMatchObject({ state: "retrying" });
    expect(decide(rejected({}), { failures: 9 })).toEqual({ state: "dead" });
  });

  it("tries once more just before the 48 hours end rather than after", () => {
    const at = 40 * HOUR;
    // The twelve hours' wait would end at 52 h: the last moment that is surely a repeat is 47.5 h.
    expect(decide(rejected({ mayHaveArrived: true }), { failures: 8 }, at)).toEqual({
      state: "retrying",
      dueAt: 47.5 * HOUR - 5 * 60_000,
      failed: true,
    });
  });

  it("does not retry by itself past 48 hours what may have been counted, but where a person asked", () => {
    const at = 60 * HOUR;
    const sent = { firstSentAt: HOUR };
    expect(decide(rejected({}), sent, at)).toEqual({ state: "dead" });
    expect(decide(rejected({}), { ...sent, askedAt: 59 * HOUR }, at)).toMatchObject({ state: "retrying" });
    expect(decide(rejected({}), { ...sent, askedAt: 59 * HOUR, browserFired: true }, at)).toEqual({
      state: "skipped",
      reason: "browser_copy_counted",
    });
  });

  it("goes on past 48 hours with what certainly never reached Meta", () => {
    expect(decide(rejected({}), {}, 60 * HOUR)).toMatchObject({ state: "retrying" });
  });

  it("tries once more just before Meta's limit", () => {
    expect(decide(rejected({}), { failures: 7 }, 160 * HOUR)).toMatchObject({
      dueAt: 167 * HOUR - 5 * 60_000,
    });
    expect(decide(rejected({}), { failures: 7 }, 167 * HOUR - 60_000)).toEqual({
      state: "skipped",
      reason: "too_old",
    });
  });
});

describe("what follows from a batch's answer", () => {
  it.each([
    [accepted, 1_000, false, "settle"],
    [partial, 2, false, "split"],
    [partial, 1, false, "settle"],
    [rejected({ class: "payload" }), 1_000, false, "split"],
    [rejected({ class: "payload" }), 1, false, "settle"],
    [rejected({ class: "payload", remedy: "without_click_id" }), 2, true, "split"],
    [rejected({ class: "payload", remedy: "without_click_id" }), 1, true, "drop_click_id"],
    [rejected({ class: "payload", remedy: "without_click_id" }), 1, false, "settle"],
    [rejected({ class: "transient" }), 1_000, false, "settle"],
    [rejected({ class: "credential" }), 1_000, false, "settle"],
  ])("%j with %i events, click ID %s: %s", (answer, size, hasClickId, kind) => {
    expect(decideBatchStep(answer, { size, hasClickId })).toEqual({ kind });
  });
});

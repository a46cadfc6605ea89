import { describe, expect, it } from "vitest";

import { eventTimeline, type TimelineSource } from "./event-timeline.ts";

type Attempt = TimelineSource["deliveries"][number]["attempts"][number];

const attempt = (at: number, other: Partial<Attempt> = {}): Attempt => ({
  at,
  durationMs: 5,
  class: "transient",
  httpStatus: 503,
  code: null,
  subcode: null,
  message: "Service unavailable",
  fbtraceId: `trace ${at}`,
  ...other,
});

const timelineOf = (attempts: readonly Attempt[]) =>
  eventTimeline({
    paidAt: 1,
    receivedAt: 2,
    via: "webhook",
    reports: [],
    deliveries: [
      {
        dataset: "Web shop",
        state: "delivered",
        skipReason: null,
        skipConsent: null,
        createdAt: 3,
        nextAt: null,
        settledAt: 900,
        attempts,
      },
    ],
  })
    .filter(({ kind }) => kind === "attempt" || kind === "repeats")
    .map(({ at, kind, count, outcome }) => [at, kind, count ?? outcome]);

describe("attempts in the timeline of an event", () => {
  it("are told one by one where they are few or differ", () => {
    expect(timelineOf([attempt(10), attempt(20), attempt(30), attempt(40, { class: "ok" })])).toEqual([
      [10, "attempt", "transient"],
      [20, "attempt", "transient"],
      [30, "attempt", "transient"],
      [40, "attempt", "ok"],
    ]);
    expect(
      timelineOf([10, 20, 30, 40].map((at) => attempt(at, { message: `other ${at}` }))).map(([at]) => at),
    ).toEqual([10, 20, 30, 40]);
  });

  it("are counted between the first and the last of a long row that failed alike", () => {
    const night = [10, 20, 30, 40, 50, 60].map((at) => attempt(at));
    expect(timelineOf([...night, attempt(70, { httpStatus: 400, class: "payload" })])).toEqual([
      [10, "attempt", "transient"],
      [50, "repeats", 4],
      [60, "attempt", "transient"],
      [70, "attempt", "payload"],
    ]);
  });
});

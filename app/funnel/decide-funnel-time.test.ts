import { describe, expect, it } from "vitest";

import { decideFunnelTime } from "./decide-funnel-time.ts";

const NOW = Date.parse("2026-11-27T12:00:00Z");
const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("when an event happened", () => {
  it.each([
    ["a clock that agrees", NOW - 5 * SECOND, NOW - SECOND, { kind: "at", at: NOW - 5 * SECOND }],
    [
      "half a minute ahead: the request's way, or a clock that is nearly right",
      NOW + 20 * SECOND,
      NOW + 30 * SECOND,
      { kind: "at", at: NOW },
    ],
    ["an hour ahead", NOW + HOUR - 5 * SECOND, NOW + HOUR, { kind: "at", at: NOW - 5 * SECOND }],
    ["an hour behind", NOW - HOUR - 5 * SECOND, NOW - HOUR, { kind: "at", at: NOW - 5 * SECOND }],
    ["a clock of 1970", 5 * SECOND, 10 * SECOND, { kind: "at", at: NOW - 5 * SECOND }],
    ["an event that waited six days in the tab", NOW - 6 * DAY, NOW, { kind: "at", at: NOW - 6 * DAY }],
    ["older than Meta takes, less an hour", NOW - 7 * DAY + HOUR - 1, NOW, { kind: "too_old" }],
    ["as old as is taken", NOW - 7 * DAY + HOUR, NOW, { kind: "at", at: NOW - 7 * DAY + HOUR }],
    ["after the request that tells of it", NOW + 2 * HOUR, NOW + HOUR, { kind: "future" }],
  ] as const)("%s", (_, time, sentAt, expected) => {
    expect(decideFunnelTime(time, sentAt, NOW)).toEqual(expected);
  });
});

import { describe, expect, it } from "vitest";

import type { Severity } from "../../audit/check.ts";
import { decide, HOUR, NOON, told, WAITS, type Case } from "#tests/setup/decide-alert-case.ts";

describe("quiet hours", () => {
  const NIGHT = { from: 22 * 60, until: 7 * 60 };
  /** By Berlin's clock, two hours ahead of UTC in June. */
  const at = (hour: number, minute = 0) => Date.UTC(2026, 5, 10, hour - 2, minute);
  const opened = (now: number, severity: Severity = "high"): Case => ({
    changes: [["opened", (NOON - now) / HOUR + 1, severity]],
    choice: { quiet: NIGHT },
    now,
  });

  it.each<[string, number, boolean]>([
    ["21:59", at(21, 59), true],
    ["22:00", at(22), false],
    ["midnight", at(24), false],
    ["06:59", at(6, 59), false],
    ["07:00", at(7), true],
  ])("keep what is not critical at %s: told is %s", (_name, now, isTold) => {
    expect(decide(opened(now)).says).toEqual(isTold ? ["a opened high"] : []);
    expect(decide(opened(now)).passed).toEqual([]);
  });

  it("let critical ones through alone, where that is wished", () => {
    const night = { ...opened(at(23), "critical") };
    const both: Case = {
      ...night,
      changes: [...night.changes, ["opened", (NOON - at(23)) / HOUR + 1, "high", "b"]],
    };
    expect(decide(both).says).toEqual(["a opened critical"]);
    expect(decide({ ...both, choice: { quiet: NIGHT, criticalPasses: false } }).says).toEqual([]);
  });

  it("do not let a mend through, however critical it was", () => {
    const mended: Case = {
      changes: [
        ["opened", (NOON - at(23)) / HOUR + 60, "critical"],
        ["mended", (NOON - at(23)) / HOUR + 25, "critical"],
      ],
      told: { a: told(1, "open", "critical") },
      choice: { quiet: NIGHT },
      now: at(23),
    };
    expect(decide(mended)).toEqual(WAITS);
    expect(decide({ ...mended, now: at(31) }).says).toEqual(["a mended critical"]);
  });

  it("collect what happens meanwhile into one message at their end", () => {
    const night: Case = {
      changes: [
        ["opened", (NOON - at(23)) / HOUR],
        ["opened", (NOON - at(27)) / HOUR, "medium", "b"],
        ["opened", (NOON - at(28)) / HOUR, "high", "c"],
        ["mended", (NOON - at(29)) / HOUR, "high", "c"],
      ],
      choice: { quiet: NIGHT },
      now: at(31),
    };
    expect(decide(night)).toEqual({ says: ["a opened high", "b opened medium"], passed: [4] });
  });

  it.each<[string, string, { from: number; until: number }, number, boolean]>([
    // Berlin, 29 March 2026: 01:59 is followed by 03:00.
    [
      "the hour that is left out ends them where it would have held their end",
      "Europe/Berlin",
      { from: 60, until: 150 },
      Date.UTC(2026, 2, 29, 1),
      true,
    ],
    [
      "the minute before it is quiet",
      "Europe/Berlin",
      { from: 60, until: 150 },
      Date.UTC(2026, 2, 29, 0, 59),
      false,
    ],
    [
      "a beginning that is left out begins with the next minute there is",
      "Europe/Berlin",
      { from: 150, until: 240 },
      Date.UTC(2026, 2, 29, 1),
      false,
    ],
    // Berlin, 25 October 2026: 02:59 is followed by 02:00.
    [
      "what is shown twice is quiet the first time",
      "Europe/Berlin",
      { from: 120, until: 180 },
      Date.UTC(2026, 9, 25, 0, 30),
      false,
    ],
    ["and the second time", "Europe/Berlin", { from: 120, until: 180 }, Date.UTC(2026, 9, 25, 1, 30), false],
    ["and over afterwards", "Europe/Berlin", { from: 120, until: 180 }, Date.UTC(2026, 9, 25, 2), true],
    // New York, 8 March 2026: 22:00 to 07:00 are eight hours.
    [
      "a short night ends by the clock",
      "America/New_York",
      { from: 1320, until: 420 },
      Date.UTC(2026, 2, 8, 11),
      true,
    ],
    ["and not before", "America/New_York", { from: 1320, until: 420 }, Date.UTC(2026, 2, 8, 10, 59), false],
    // New York, 1 November 2026: ten hours.
    [
      "a long night ends by the clock",
      "America/New_York",
      { from: 1320, until: 420 },
      Date.UTC(2026, 10, 1, 12),
      true,
    ],
    [
      "and not after nine hours",
      "America/New_York",
      { from: 1320, until: 420 },
      Date.UTC(2026, 10, 1, 11, 59),
      false,
    ],
  ])("on the day when clocks change: %s", (_name, zone, quiet, now, isTold) => {
    const given: Case = { changes: [["opened", (NOON - now) / HOUR + 12]], choice: { quiet }, now, zone };
    expect(decide(given).says).toEqual(isTold ? ["a opened high"] : []);
  });
});

import { describe, expect, it } from "vitest";

import { createTimeMover } from "./move-times.ts";

/** Two weeks on, over the end of summer time in California (1 November 2026). */
const mover = createTimeMover({
  days: 14,
  timeZone: "America/Los_Angeles",
  from: Date.UTC(2026, 6, 1),
  to: Date.UTC(2026, 9, 31),
  address: ["http://shop.localhost:25001", "http://shop.localhost:4100"],
});

describe("a time of the history", () => {
  it.each([
    // Ten in the evening stays ten in the evening, and so on the same day of the store's calendar.
    ['"2026-10-20T22:00:00-07:00"', '"2026-11-03T22:00:00-08:00"'],
    ['"2026-10-21T05:00:00.250Z"', '"2026-11-04T06:00:00.250Z"'],
    ['{"day":"2026-10-20"}', '{"day":"2026-11-03"}'],
    // 2026-10-21T05:00:00Z in seconds, and in milliseconds.
    ['{"event_time":1792558800}', '{"event_time":1793772000}'],
    ['{"clientTime":1792558800250}', '{"clientTime":1793772000250}'],
    ['"fb.1.1792558800250.1792558800"', '"fb.1.1793772000250.1792558800"'],
    ['"http://shop.localhost:25001/products/mug"', '"http://shop.localhost:4100/products/mug"'],
  ])("%s becomes %s", (text, moved) => {
    expect(mover.text(text)).toBe(moved);
  });

  it.each([
    ['"1970-01-01T00:00:00Z"'],
    ['"2027-10-20T22:00:00-07:00"'],
    ['{"id":"706000010001792558800"}'],
    ['"a1792558800"'],
    ['"1792558800.25"'],
    ['"2026-10"'],
  ])("%s is none", (text) => {
    expect(mover.text(text)).toBe(text);
  });

  it("is found wherever it stands in a structure, and what is none stays", () => {
    const record = {
      createdAt: 1_792_558_800_250,
      eventTime: 1_792_558_800,
      value: 49,
      id: 706_000_010_001n,
      lines: [{ at: "2026-10-20T22:00:00-07:00", gone: undefined, nothing: null, is: true }],
    };
    expect(mover.value(record)).toEqual({
      createdAt: 1_793_772_000_250,
      eventTime: 1_793_772_000,
      value: 49,
      id: 706_000_010_001n,
      lines: [{ at: "2026-11-03T22:00:00-08:00", gone: undefined, nothing: null, is: true }],
    });
  });
});

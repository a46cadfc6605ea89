import { describe, expect, it } from "vitest";

import { isInDanger, judgeAge, type AgeFacts } from "./judge-age.ts";

const HOUR = 3_600_000;
const fresh: AgeFacts = {
  takenInAt: 0,
  expiresAt: 167 * HOUR,
  firstSentAt: null,
  browserFired: false,
  askedAt: null,
};

describe("the age of an event", () => {
  it.each([
    // hours since it was taken in, what is known, what follows
    ["fresh", 0, {}, { kind: "send" }],
    ["a repeat within the window", 40, { firstSentAt: 0 }, { kind: "send" }],
    [
      "a repeat within the window beside the browser's copy",
      40,
      { firstSentAt: 0, browserFired: true },
      { kind: "send" },
    ],
    ["past the window, nothing ever reached Meta (held token)", 100, {}, { kind: "send" }],
    ["past the window, perhaps counted", 48, { firstSentAt: 0 }, { kind: "ask" }],
    [
      "past the window, perhaps counted, a person asked",
      48,
      { firstSentAt: 0, askedAt: 47 * HOUR },
      { kind: "send" },
    ],
    [
      "past the window, browser's copy counted",
      48,
      { browserFired: true },
      { kind: "skip", reason: "browser_copy_counted" },
    ],
    [
      "the same when a person asks",
      60,
      { browserFired: true, askedAt: 59 * HOUR },
      { kind: "skip", reason: "browser_copy_counted" },
    ],
    ["past Meta's limit", 167, {}, { kind: "skip", reason: "too_old" }],
    [
      "past Meta's limit when a person asks",
      168,
      { askedAt: 168 * HOUR },
      { kind: "skip", reason: "too_old" },
    ],
    ["a sale at a till, 60 days old", 60 * 24, { expiresAt: (62 * 24 - 1) * HOUR }, { kind: "send" }],
    [
      "a sale at a till past its 62 days",
      62 * 24,
      { expiresAt: (62 * 24 - 1) * HOUR },
      { kind: "skip", reason: "too_old" },
    ],
  ])("%s", (_name, hours, more, expected) => {
    expect(judgeAge({ ...fresh, ...more }, hours * HOUR)).toEqual(expected);
  });

  it("is in danger in its last twelve hours", () => {
    expect(isInDanger(13 * HOUR, 0)).toBe(false);
    expect(isInDanger(12 * HOUR, 0)).toBe(true);
  });
});

import { describe, expect, it } from "vitest";

import { decide, told, WAITS, type Case } from "#tests/setup/decide-alert-case.ts";

describe("what a channel is told", () => {
  it.each<[string, Case, { says: readonly string[]; passed: readonly number[] }]>([
    ["nothing of nothing", { changes: [] }, WAITS],
    [
      "what opened, when its group is over",
      { changes: [["opened", 1]] },
      { says: ["a opened high"], passed: [] },
    ],
    ["not before its group is over", { changes: [["opened", 0.1]] }, WAITS],
    [
      "at once where changes are not put together",
      { changes: [["opened", 0]], choice: { groupMinutes: 0 } },
      { says: ["a opened high"], passed: [] },
    ],
    [
      "several in one message, the worst first, with what came after the first",
      {
        changes: [
          ["opened", 0.2, "medium"],
          ["opened", 0.05, "critical", "b"],
          ["opened", 0, "high", "c"],
        ],
      },
      { says: ["b opened critical", "c opened high", "a opened medium"], passed: [] },
    ],
    ["nothing below its least severity", { changes: [["opened", 1, "low"]] }, { says: [], passed: [1] }],
    [
      "what was below and got worse",
      {
        changes: [
          ["opened", 9, "low"],
          ["worse", 1, "high"],
        ],
        told: { a: told(1) },
      },
      { says: ["a worse high"], passed: [] },
    ],
    [
      "that it opened, as bad as it is by now, where it got worse within the group",
      {
        changes: [
          ["opened", 0.2, "medium"],
          ["worse", 0.1, "critical"],
        ],
      },
      { says: ["a opened critical"], passed: [] },
    ],
    [
      "nothing of what opened and was mended within the group",
      {
        changes: [
          ["opened", 0.1],
          ["mended", 0.05],
        ],
      },
      { says: [], passed: [2] },
    ],
    ["nothing twice", { changes: [["opened", 1]], told: { a: told(1, "open") } }, WAITS],
    [
      "what got worse than it was told",
      {
        changes: [
          ["opened", 9],
          ["worse", 1, "critical"],
        ],
        told: { a: told(1, "open") },
      },
      { says: ["a worse critical"], passed: [] },
    ],
    [
      "nothing of what got no worse than it was told",
      {
        changes: [
          ["opened", 9, "critical"],
          ["worse", 1, "high"],
        ],
        told: { a: told(1, "open", "critical") },
      },
      { says: [], passed: [2] },
    ],
    ["nothing of what is snoozed", { changes: [["opened", 1]], snoozed: ["a"] }, { says: [], passed: [1] }],
    [
      "what is not snoozed beside what is",
      {
        changes: [
          ["opened", 1],
          ["opened", 1, "high", "b"],
        ],
        snoozed: ["a"],
      },
      { says: ["b opened high"], passed: [1] },
    ],
  ])("%s", (_name, given, expected) => expect(decide(given)).toEqual(expected));
});

describe("what is mended and comes back", () => {
  it.each<[string, Case, { says: readonly string[]; passed: readonly number[] }]>([
    [
      "waits a day before it is told mended",
      {
        changes: [
          ["opened", 60],
          ["mended", 23],
        ],
        told: { a: told(1, "open") },
      },
      WAITS,
    ],
    [
      "is told mended when it has stayed so for a day",
      {
        changes: [
          ["opened", 60],
          ["mended", 24.5],
        ],
        told: { a: told(1, "open") },
      },
      { says: ["a mended high"], passed: [] },
    ],
    [
      "is not told mended where that is not wished",
      {
        changes: [
          ["opened", 60],
          ["mended", 30],
        ],
        told: { a: told(1, "open") },
        choice: { tellMended: false },
      },
      { says: [], passed: [2] },
    ],
    [
      "is not told mended to whom it was never told open",
      {
        changes: [
          ["opened", 60, "low"],
          ["mended", 30, "low"],
        ],
        told: { a: told(1) },
      },
      { says: [], passed: [2] },
    ],
    [
      "is not told again when it is back within a day",
      {
        changes: [
          ["opened", 60],
          ["mended", 30],
          ["came_back", 7],
        ],
        told: { a: told(1, "open") },
      },
      { says: [], passed: [3] },
    ],
    [
      "nor where mends are not told",
      {
        changes: [
          ["opened", 60],
          ["mended", 30],
          ["came_back", 7],
        ],
        told: { a: told(2, "open", "high", 1) },
        choice: { tellMended: false },
      },
      { says: [], passed: [3] },
    ],
    [
      "is told again when it is back after a day, though its mend was not told",
      {
        changes: [
          ["opened", 60],
          ["mended", 30],
          ["came_back", 5],
        ],
        told: { a: told(2, "open", "high", 1) },
        choice: { tellMended: false },
      },
      { says: ["a came_back high"], passed: [] },
    ],
    [
      "is told again after its mend was told",
      {
        changes: [
          ["opened", 90],
          ["mended", 50],
          ["came_back", 1],
        ],
        told: { a: told(2, "mended") },
      },
      { says: ["a came_back high"], passed: [] },
    ],
    [
      "is told when it comes back worse, however soon",
      {
        changes: [
          ["opened", 60],
          ["mended", 30],
          ["came_back", 7, "critical"],
        ],
        told: { a: told(1, "open") },
      },
      { says: ["a worse critical"], passed: [] },
    ],
    [
      "is told once however often it comes and goes within days",
      {
        changes: [
          ["opened", 90],
          ["mended", 70],
          ["came_back", 60],
          ["mended", 40],
          ["came_back", 30],
          ["mended", 20],
          ["came_back", 2],
        ],
        told: { a: told(5, "open", "high", 1) },
      },
      { says: [], passed: [7] },
    ],
    [
      "is told mended a day after the last time, not after the first",
      {
        changes: [
          ["opened", 90],
          ["mended", 70],
          ["came_back", 60],
          ["mended", 23],
        ],
        told: { a: told(3, "open", "high", 1) },
      },
      WAITS,
    ],
    [
      "is not told again by what got no worse, long after it came back",
      {
        changes: [
          ["mended", 150],
          ["came_back", 100, "critical"],
          ["worse", 1, "high"],
        ],
        told: { a: told(2, "open", "critical", 2) },
      },
      { says: [], passed: [3] },
    ],
    [
      "is told after a time that nobody looks back to",
      { changes: [["came_back", 1]], told: { a: told(0, "open", "high", 0) } },
      { says: ["a came_back high"], passed: [] },
    ],
  ])("%s", (_name, given, expected) => expect(decide(given)).toEqual(expected));
});

import { describe, expect, it } from "vitest";

import { DedupLedger, type Channel, type LedgerEvent } from "./dedup-ledger.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Lets copies arrive and returns what Meta made of them. */
function arrive(...copies: [Channel, number][]): { outcomes: string[]; counted: number; kept: string } {
  const ledger = new DedupLedger();
  const outcomes: string[] = [];
  let event: LedgerEvent | undefined;
  for (const [position, [channel, receivedAt]] of copies.entries()) {
    const judged = ledger.receive("Purchase", "1001", position + 1, {
      channel,
      receivedAt,
      eventTime: Math.floor(receivedAt / 1000),
      value: 1,
      currency: "USD",
      identityMask: 1,
      limited: false,
      testCode: undefined,
      traceId: "A",
    });
    outcomes.push(judged.copy.outcome);
    event = judged.event;
  }
  return { outcomes, counted: event?.counted ?? 0, kept: event?.kept ?? "" };
}

describe("deduplication by event ID within 48 hours (meta.md section 4)", () => {
  it.each<[string, [Channel, number][], string[], number, string]>([
    ["browser alone", [["browser", 0]], ["counted"], 1, "browser"],
    [
      "server first, browser within 5 minutes: the browser is favoured",
      [
        ["server", 0],
        ["browser", 5 * MINUTE],
      ],
      ["counted", "deduplicated"],
      1,
      "browser",
    ],
    [
      "server first, browser after 5 minutes: the first is kept",
      [
        ["server", 0],
        ["browser", 5 * MINUTE + 1],
      ],
      ["counted", "deduplicated"],
      1,
      "server",
    ],
    [
      "browser first, server at the end of the window",
      [
        ["browser", 0],
        ["server", 48 * HOUR],
      ],
      ["counted", "deduplicated"],
      1,
      "browser",
    ],
    [
      "server past the window: the sale is counted twice",
      [
        ["browser", 0],
        ["server", 48 * HOUR + 1],
      ],
      ["counted", "doubled"],
      2,
      "server",
    ],
    [
      "the server repeats itself",
      [
        ["server", 0],
        ["server", HOUR],
      ],
      ["counted", "repeat"],
      1,
      "server",
    ],
    [
      "a repeat does not stretch the window",
      [
        ["server", 0],
        ["server", 47 * HOUR],
        ["server", 49 * HOUR],
      ],
      ["counted", "repeat", "doubled"],
      2,
      "server",
    ],
    [
      "the other channel in the second window",
      [
        ["browser", 0],
        ["server", 72 * HOUR],
        ["browser", 73 * HOUR],
      ],
      ["counted", "doubled", "deduplicated"],
      2,
      "server",
    ],
  ])("%s", (_, copies, outcomes, counted, kept) => {
    expect(arrive(...copies)).toEqual({ outcomes, counted, kept });
  });

  it("tells repeats apart from second copies when many arrive", () => {
    const copies: [Channel, number][] = Array.from({ length: 40 }, (_, minute) => [
      "server",
      minute * MINUTE,
    ]);
    const { outcomes, counted } = arrive(...copies, ["browser", HOUR]);
    expect(counted).toBe(1);
    expect(outcomes.filter((outcome) => outcome === "repeat")).toHaveLength(39);
    expect(outcomes.at(-1)).toBe("deduplicated");
  });
});

import { describe, expect, it } from "vitest";

import { countAtMeta, type SentCopy } from "./count-at-meta.ts";

const HOUR = 3_600_000;
const AT = Date.UTC(2026, 10, 2, 9);
const COPY: SentCopy = { eventName: "Purchase", eventId: "1001", eventTime: AT / 1000, sentAt: AT };

/** By hand from Meta's rule: name, ID, both within 48 h. Anything else that may differ is not even asked for. */
const TABLE: readonly [name: boolean, id: boolean, hoursApart: number, verdict: string][] = [
  [true, true, 0, "once"],
  [true, true, 24, "once"],
  [true, true, 48, "once"],
  [true, true, 48.001, "twice: time"],
  [true, false, 0, "twice: event_id"],
  [true, false, 48, "twice: event_id"],
  [true, false, 49, "twice: event_id, time"],
  [false, true, 0, "twice: event_name"],
  [false, true, 48, "twice: event_name"],
  [false, true, 49, "twice: event_name, time"],
  [false, false, 0, "twice: event_name, event_id"],
  [false, false, 48, "twice: event_name, event_id"],
  [false, false, 49, "twice: event_name, event_id, time"],
];

describe("how often Meta counts two copies", () => {
  const other = (sameName: boolean, sameId: boolean): SentCopy => ({
    ...COPY,
    ...(sameName ? {} : { eventName: "CompletedCheckout" }),
    ...(sameId ? {} : { eventId: "#1001" }),
  });
  const verdict = (browser: SentCopy, server: SentCopy) => {
    const counting = countAtMeta(browser, server);
    return counting.kind === "once" ? "once" : `twice: ${counting.because.join(", ")}`;
  };

  it.each(TABLE)("same name %s, same ID %s, sent %d h apart: %s", (sameName, sameId, hours, expected) => {
    const server = other(sameName, sameId);
    expect(verdict(COPY, { ...server, sentAt: AT + hours * HOUR })).toBe(expected);
    expect(verdict({ ...COPY, sentAt: AT + hours * HOUR }, server)).toBe(expected);
  });

  it.each(TABLE)("same name %s, same ID %s, times %d h apart: %s", (sameName, sameId, hours, expected) => {
    const server = { ...other(sameName, sameId), sentAt: null, eventTime: COPY.eventTime + hours * 3_600 };
    expect(verdict(COPY, server)).toBe(expected);
  });

  it("says whose figures Meta most likely holds", () => {
    const holds = (browserAt: number | null, serverAt: number | null) => {
      const counting = countAtMeta({ ...COPY, sentAt: browserAt }, { ...COPY, sentAt: serverAt });
      return counting.kind === "once" ? `${counting.holds}: ${counting.because}` : "twice";
    };
    expect(holds(AT, AT + 5 * 60_000)).toBe("browser: browser_preferred");
    expect(holds(AT + 5 * 60_000, AT)).toBe("browser: browser_preferred");
    expect(holds(AT, AT + 5 * 60_000 + 1)).toBe("browser: first");
    expect(holds(AT + 5 * 60_000 + 1, AT)).toBe("server: first");
    expect(holds(null, AT)).toBe("null: null");
    expect(holds(AT, null)).toBe("null: null");
  });
});

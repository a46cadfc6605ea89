import { describe, expect, test } from "vitest";
import { decideEventTime } from "./decide-event-time.ts";
import type { EventTimeInput } from "./decide-event-time.ts";

const ORDER = 1_761_288_777; // 2025-10-23T23:52:57-07:00
const PAID = ORDER + 3;
const MINUTE = 60;
const DAY = 86_400;

/** `now` in seconds after the order, `clientTime` in seconds after the order. */
function decide(now: number, rest: Partial<EventTimeInput> & { readonly client?: number } = {}): string {
  const { client, ...input } = rest;
  const clientTime = client === undefined ? undefined : (ORDER + client) * 1000 + 250;
  const time = decideEventTime({
    ...{ orderTime: ORDER, paidAt: PAID, actionSource: "website", clientTime, now: (ORDER + now) * 1000 },
    ...input,
  });
  return time.kind === "time" ? `${time.from} ${time.eventTime - ORDER}` : time.kind;
}

describe("the browser's time, where it is credible", () => {
  test.each([
    [20, -5, "browser -5"],
    [20, 4, "browser 4"],
    [2 * DAY, 29 * MINUTE, "browser 1740"],
    [2 * DAY, 31 * MINUTE, "order 0"],
    [2 * DAY, -60 * MINUTE, "order 0"],
    [20, 600, "order 0"],
    [20, 5 * 365 * DAY, "order 0"],
    [20, -ORDER + 1, "order 0"],
  ])("now %d s, browser %d s after the order → %s", (now, client, expected) => {
    expect(decide(now, { client })).toBe(expected);
  });

  test("a time in seconds or no number is not credible", () => {
    expect(decide(20, { clientTime: ORDER })).toBe("order 0");
    expect(decide(20, { clientTime: Number.NaN })).toBe("order 0");
  });
});

describe("age", () => {
  const paidAt = ORDER + 9 * DAY;
  test.each([
    ["an order sent late keeps its time", decide(6 * DAY), "order 0"],
    ["an hour of the seven days is kept in hand", decide(7 * DAY - 3600), "order 0"],
    [
      "past it the payment's time",
      decide(7 * DAY - 3599, { paidAt: ORDER + 7 * DAY - 7200 }),
      `payment ${7 * DAY - 7200}`,
    ],
    ["paid nine days later", decide(9 * DAY + 30, { paidAt }), `payment ${9 * DAY}`],
    ["paid and then not sent for a week", decide(16 * DAY, { paidAt }), "too_old"],
    ["an old order paid at once", decide(8 * DAY), "too_old"],
    ["a store sale has 62 days", decide(61 * DAY, { actionSource: "physical_store" }), "order 0"],
    ["and no more", decide(62 * DAY, { actionSource: "physical_store" }), "too_old"],
  ])("%s", (_title, actual, expected) => {
    expect(actual).toBe(expected);
  });
});

test("never in the future: an order ahead of our clock takes the time of its intake", () => {
  expect(decide(-100, { paidAt: ORDER - 100 })).toBe("payment -100");
});

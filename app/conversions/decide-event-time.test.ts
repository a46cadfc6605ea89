import { describe, expect, test } from "vitest";
import { decideEventTime } from "./decide-event-time.ts";
import type { ActionSource } from "./model.ts";

const ORDER = 1_761_288_777; // 2025-10-23T23:52:57-07:00
const PAID = ORDER + 3;
const MINUTE = 60;
const DAY = 86_400;

interface Case {
  /** Seconds after the order. */
  readonly client?: number;
  readonly clientTime?: number;
  readonly paidAt?: number;
  readonly actionSource?: ActionSource;
  /** Seconds after the order: what the copies were given before. */
  readonly given?: number;
}

/** @param now seconds after the order */
function time(
  now: number,
  { client, clientTime, paidAt = PAID, actionSource = "website", given }: Case = {},
) {
  return decideEventTime(
    { eventTime: ORDER, paidAt, actionSource },
    {
      clientTime: client === undefined ? clientTime : (ORDER + client) * 1000 + 250,
      given: given === undefined ? undefined : ORDER + given,
      now: (ORDER + now) * 1000,
    },
  );
}

function decide(now: number, rest: Case = {}): string {
  const { from, eventTime, isTooOld } = time(now, rest);
  return isTooOld ? "too_old" : `${from} ${eventTime - ORDER}`;
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

describe("what the copies were given before", () => {
  test.each([
    ["stands, whatever the browser says", decide(20, { given: 7, client: 3 }), "given 7"],
    ["is not asked whether it is credible", decide(2 * DAY, { given: -DAY }), `given ${-DAY}`],
    ["until Meta does not take it any more", decide(7 * DAY - 3599, { given: 0 }), "too_old"],
    ["even where the payment's time would do", decide(7 * DAY, { given: 0, paidAt: ORDER + DAY }), "too_old"],
  ])("%s", (_title, actual, expected) => {
    expect(actual).toBe(expected);
  });
});

describe("how long Meta takes it", () => {
  const lasts = (now: number, rest: Case = {}) => time(now, rest).expiresAt / 1000 - ORDER;
  test.each([
    ["seven days after its time, less an hour", lasts(20), 7 * DAY - 3600],
    ["after the browser's time where that is taken", lasts(20, { client: -5 }), 7 * DAY - 3605],
    ["after the time that was given", lasts(20, { given: 60 }), 7 * DAY - 3540],
    ["after the payment's time", lasts(9 * DAY, { paidAt: ORDER + 8 * DAY }), 15 * DAY - 3600],
    ["62 days for a store sale", lasts(20, { actionSource: "physical_store" }), 62 * DAY - 3600],
  ])("%s", (_title, actual, expected) => {
    expect(actual).toBe(expected);
  });

  test("an event that is too old has the order's time", () => {
    expect(time(8 * DAY)).toEqual({
      eventTime: ORDER,
      from: "order",
      isTooOld: true,
      expiresAt: (ORDER + 7 * DAY - 3600) * 1000,
    });
  });
});

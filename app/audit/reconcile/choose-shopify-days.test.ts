import { expect, it } from "vitest";

import { zoneOffsets } from "../../quality/zone-offsets.server.ts";
import { chooseShopifyDays } from "./choose-shopify-days.ts";
import { startOfDay } from "./start-of-day.ts";

const TIME_ZONE = "America/New_York";
const at = (iso: string) => Date.parse(iso);
const choose = (now: string, newest: string | null, installedAt = "2026-01-01T00:00:00Z") =>
  chooseShopifyDays({ timeZone: TIME_ZONE, now: at(now), installedAt: at(installedAt), newest });

it.each([
  // 27 November 12:00 in New York.
  ["the first time the last 30 days", "2026-11-27T17:00:00Z", null, { from: "2026-10-28", to: "2026-11-26" }],
  [
    "then the last seven again",
    "2026-11-27T17:00:00Z",
    "2026-11-25",
    { from: "2026-11-20", to: "2026-11-26" },
  ],
  [
    "and what a longer silence left out",
    "2026-11-27T17:00:00Z",
    "2026-11-10",
    { from: "2026-11-11", to: "2026-11-26" },
  ],
  ["once a day only", "2026-11-27T17:00:00Z", "2026-11-26", null],
  // 27 November 00:59 and 01:00 in New York.
  ["not before the day is over for an hour", "2026-11-27T05:59:00Z", "2026-11-25", null],
  ["from an hour on", "2026-11-27T06:00:00Z", "2026-11-25", { from: "2026-11-20", to: "2026-11-26" }],
] as const)("asks %s", (_, now, newest, expected) => {
  expect(choose(now, newest)).toEqual(expected);
});

it("leaves the day of the installation and those before it alone", () => {
  expect(choose("2026-11-27T17:00:00Z", null, "2026-11-24T15:00:00Z")).toEqual({
    from: "2026-11-25",
    to: "2026-11-26",
  });
  expect(choose("2026-11-27T17:00:00Z", null, "2026-11-26T15:00:00Z")).toBeNull();
});

it.each([
  ["America/New_York", "2026-11-27", "2026-11-27T05:00:00Z"],
  ["America/New_York", "2026-07-01", "2026-07-01T04:00:00Z"],
  // The day that the clocks change, at two in the night.
  ["America/New_York", "2026-11-01", "2026-11-01T04:00:00Z"],
  ["Asia/Tokyo", "2026-11-27", "2026-11-26T15:00:00Z"],
  ["Pacific/Kiritimati", "2026-11-27", "2026-11-26T10:00:00Z"],
  ["UTC", "2026-11-27", "2026-11-27T00:00:00Z"],
])("knows when a day begins in %s on %s", (timeZone, day, expected) => {
  const offsets = zoneOffsets(timeZone, at("2026-11-27T00:00:00Z"));
  expect(new Date(startOfDay(day, offsets)).toISOString()).toBe(new Date(expected).toISOString());
});

import { expect, it } from "vitest";

import { monthsUpTo, readPeriod, storePeriod } from "./store-period.ts";

/** 2026-03-10 02:00 UTC: still the 9th in Los Angeles, 11:00 on the 10th in Tokyo. */
const LATE = Date.UTC(2026, 2, 10, 2);
const asked = (query: string) => readPeriod(new URLSearchParams(query));
const shown = (query: string, timeZone = "America/Los_Angeles") => {
  const { from, to, all, before } = storePeriod(asked(query), timeZone, LATE);
  return [from, to, all.length, before.from, before.to, before.all.length];
};

it("ends with the store's today, wherever the server is", () => {
  expect(storePeriod(asked("days=7"), "America/Los_Angeles", LATE).all).toEqual([
    "2026-03-03",
    "2026-03-04",
    "2026-03-05",
    "2026-03-06",
    "2026-03-07",
    "2026-03-08",
    "2026-03-09",
  ]);
  expect(storePeriod(asked("days=7"), "Asia/Tokyo", LATE).to).toBe("2026-03-10");
});

it.each([
  // The 28 days of February, and the 28 days before them.
  ["a whole month", "month=2026-02", ["2026-02-01", "2026-02-28", 28, "2026-01-04", "2026-01-31", 28]],
  ["this month so far", "month=2026-03", ["2026-03-01", "2026-03-09", 9, "2026-02-20", "2026-02-28", 9]],
  [
    "February of a leap year",
    "month=2024-02",
    ["2024-02-01", "2024-02-29", 29, "2024-01-03", "2024-01-31", 29],
  ],
  [
    "own days",
    "from=2026-01-31&to=2026-02-02",
    ["2026-01-31", "2026-02-02", 3, "2026-01-28", "2026-01-30", 3],
  ],
  [
    "own days the wrong way round",
    "from=2026-02-02&to=2026-01-31",
    ["2026-01-31", "2026-02-02", 3, "2026-01-28", "2026-01-30", 3],
  ],
  [
    "one day",
    "from=2026-03-01&to=2026-03-01",
    ["2026-03-01", "2026-03-01", 1, "2026-02-28", "2026-02-28", 1],
  ],
  [
    "days of the future",
    "from=2026-03-05&to=2027-01-01",
    ["2026-03-05", "2026-03-09", 5, "2026-02-28", "2026-03-04", 5],
  ],
  ["a month of the future", "month=2026-12", ["2026-03-09", "2026-03-09", 1, "2026-03-08", "2026-03-08", 1]],
  [
    "ten years: the last of them",
    "from=2016-01-01&to=2026-03-09",
    ["2025-03-09", "2026-03-09", 366, "2024-03-08", "2025-03-08", 366],
  ],
  ["no such month", "month=2026-13", ["2026-02-08", "2026-03-09", 30, "2026-01-09", "2026-02-07", 30]],
  [
    "no such day",
    "from=2026-02-30&to=2026-03-01",
    ["2026-02-08", "2026-03-09", 30, "2026-01-09", "2026-02-07", 30],
  ],
  ["nothing that is offered", "days=12", ["2026-02-08", "2026-03-09", 30, "2026-01-09", "2026-02-07", 30]],
])("shows %s, and as many days before", (_name, query, expected) => {
  expect(shown(query)).toEqual(expected);
});

it("offers the months of a year", () => {
  const months = monthsUpTo("2026-03-09");
  expect(months.slice(0, 4)).toEqual(["2026-03", "2026-02", "2026-01", "2025-12"]);
  expect(months.at(-1)).toBe("2025-04");
});

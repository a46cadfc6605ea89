import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { datesToTest } from "./dates-to-test.ts";

const onlyIso = (now: string) =>
  Object.fromEntries(
    Object.entries(datesToTest(Date.parse(now))).map(([name, at]) => [name, new Date(at).toISOString()]),
  );

describe("the dates that the suite is tried on", () => {
  it.each([
    ["2026-11-26T02:00:00Z", "2027-02-28T23:59:30.000Z", "2026-12-31T23:59:30.000Z"],
    ["2027-03-01T00:00:00Z", "2028-02-29T23:59:30.000Z", "2027-12-31T23:59:30.000Z"],
    ["2026-12-31T23:59:30Z", "2027-02-28T23:59:30.000Z", "2027-12-31T23:59:30.000Z"],
  ])("from %s", (now, monthEnd, yearEnd) => {
    expect(onlyIso(now)).toMatchObject({ "month-end": monthEnd, "year-end": yearEnd });
  });

  it.each([
    ["2026-11-26T02:00:00Z", "2027-11-26T02:00:00.000Z"],
    ["2028-02-29T02:00:00Z", "2029-03-01T02:00:00.000Z"],
  ])("%s a year ahead is %s", (now, yearAhead) => {
    expect(onlyIso(now)["year-ahead"]).toBe(yearAhead);
  });

  it("lie in the future, within 367 days", () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2100, 0) }), (now) => {
        for (const at of Object.values(datesToTest(now))) {
          expect(at).toBeGreaterThan(now);
          expect(at - now).toBeLessThanOrEqual(367 * 86_400_000);
        }
      }),
    );
  });
});

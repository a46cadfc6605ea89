import { expect, it } from "vitest";

import { daysAgo, healthyDay, sum } from "#tests/setup/healthy-facts.ts";

import { chanceOfAtMost, compareWithUsual, hasFallen } from "./baseline.ts";
import type { AuditedDay } from "./facts/audit-facts.ts";

/** Ninety-one days; `paired` and all decided orders of the day so many days ago. */
function days(counts: (ago: number) => readonly [paired: number, all: number]): readonly AuditedDay[] {
  return Array.from({ length: 91 }, (_, index) => {
    const [paired, all] = counts(90 - index);
    const day = healthyDay(daysAgo(90 - index), all);
    return { ...day, pairing: { ...day.pairing, paired: sum(paired), server_only: sum(all - paired) } };
  });
}

const compare = (of: (ago: number) => readonly [number, number]) =>
  compareWithUsual(days(of), ({ pairing: { paired, server_only } }) => ({
    part: paired.count,
    all: paired.count + server_only.count,
  }));

it("compares yesterday of a large store with the same weekdays before", () => {
  // Yesterday is a Wednesday; Wednesdays have 50 %, all other days 90 %.
  const found = compare((ago) => (ago % 7 === 1 ? [50, 100] : [90, 100]));
  expect(found).toMatchObject({ recent: 0.5, usual: 0.5, from: daysAgo(1), counted: { part: 50, all: 100 } });
});

it("takes as many days together as have 30 cases", () => {
  const found = compare(() => [8, 10]);
  expect(found).toMatchObject({ recent: 0.8, usual: 0.8, from: daysAgo(3), counted: { part: 24, all: 30 } });
});

it("compares nothing where a week has fewer than 30 cases, or nothing came before", () => {
  expect(compare(() => [3, 4])).toBeUndefined();
  expect(compare((ago) => (ago < 20 ? [90, 100] : [0, 0]))).toBeUndefined();
});

it("leaves today out, which is not over", () => {
  expect(compare((ago) => (ago === 0 ? [0, 100] : [90, 100]))?.recent).toBe(0.9);
});

it("is not moved by one odd day of the past", () => {
  expect(compare((ago) => (ago === 8 ? [0, 100] : [90, 100]))?.usual).toBe(0.9);
});

it("calls a fall only what is both large and rare, and lets it close with room", () => {
  const fallen = compare((ago) => (ago === 1 ? [70, 100] : [90, 100]));
  if (!fallen) throw new Error("there is enough to compare");
  expect(hasFallen(fallen, 0.15, false)).toBe(true);
  expect(hasFallen(fallen, 0.25, false)).toBe(false);
  expect(hasFallen(fallen, 0.25, true)).toBe(true);
  // As large a fall where every Wednesday is another one is chance.
  const restless = compare((ago) => (ago === 1 ? [70, 100] : [ago % 14 === 1 ? 65 : 99, 100]));
  expect(restless && hasFallen(restless, 0.1, false)).toBe(false);
});

it("calls five of thirty without something no fall where one in fifteen is without it anyway", () => {
  // Four of the twelve windows before have six of 30 without, the others none: the median is 100 %, and so is the spread 0.
  const found = compare((ago) =>
    ago <= 3 ? [ago === 1 ? 7 : 9, 10] : [Math.floor(ago / 7) % 3 === 1 ? 8 : 10, 10],
  );
  expect(found).toMatchObject({ counted: { part: 25, all: 30 }, usual: 1 });
  expect(found?.deviations).toBeGreaterThan(3);
  expect(found && hasFallen(found, 0.1, false)).toBe(false);
});

it.each([
  // By hand: 0.5^10; 11 * 0.5^10; 1 - 0.9^2; all of them.
  [0, 10, 0.5, 0.000_976_562_5],
  [1, 10, 0.5, 0.010_742_187_5],
  [1, 2, 0.9, 0.19],
  [4, 4, 0.2, 1],
  [9_000, 100_000, 0.1, 0],
])("gives the chance of at most %d of %d at %d", (part, all, share, chance) => {
  expect(chanceOfAtMost({ part, all }, share)).toBeCloseTo(chance, 10);
});

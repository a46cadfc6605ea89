import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  HEALTHY,
  avoided,
  beginTrial,
  isAway,
  observe,
  trialCandidates,
  type MetaHealth,
} from "./meta-health.ts";

const SECOND = 1_000;
const T0 = 1_800_000_000_000;

/** Answers one after the other: [dataset, seconds after the start, succeeded?]. */
function after(...seen: readonly (readonly [number, number, boolean])[]): MetaHealth {
  return seen.reduce(
    (health, [id, at, succeeded]) =>
      observe(health, { datasetId: BigInt(id), succeeded, isTrial: false }, T0 + at * SECOND, 0),
    HEALTHY,
  );
}

describe("whether Meta as a whole is away", () => {
  it("takes three datasets that fail, and nobody who has succeeded within 15 seconds", () => {
    expect(isAway(after([1, 0, false], [2, 1, false]))).toBe(false);
    expect(isAway(after([1, 0, false], [2, 1, false], [3, 2, false]))).toBe(true);
    expect(isAway(after([9, 0, true], [1, 1, false], [2, 1, false], [3, 15, false]))).toBe(false);
    expect(isAway(after([9, 0, true], [1, 1, false], [2, 1, false], [3, 16, false]))).toBe(true);
  });

  it("is not said of one dataset, however often it fails", () => {
    const failures = Array.from({ length: 500 }, (_, second) => [1, second, false] as const);
    expect(isAway(after(...failures))).toBe(false);
  });

  it("is not said because of failures that are long over", () => {
    expect(isAway(after([1, 0, false], [2, 1, false], [3, 122, false]))).toBe(false);
  });

  it("ends with the first success, whoever has it, a trial or not", () => {
    const away = after([1, 0, false], [2, 0, false], [3, 0, false]);
    for (const isTrial of [true, false])
      for (const datasetId of [1n, 7n])
        expect(isAway(observe(away, { datasetId, succeeded: true, isTrial }, T0, 0))).toBe(false);
  });

  it("never holds a store that succeeds now and then, whatever the others do", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ id: fc.integer({ min: 1, max: 30 }), gap: fc.integer({ min: 0, max: 4_000 }) })),
        (failures) => {
          let health = HEALTHY;
          let now = T0;
          for (const { id, gap } of failures) {
            now += gap;
            health = observe(health, { datasetId: 100n, succeeded: true, isTrial: false }, now, 0.5);
            health = observe(health, { datasetId: BigInt(id), succeeded: false, isTrial: false }, now, 0.5);
            expect(isAway(health)).toBe(false);
            expect(avoided(health)).toEqual([]);
          }
        },
      ),
    );
  });
});

describe("while Meta is away", () => {
  const away = after(
    [4, -60, true],
    [2, -50, true],
    [1, 0, false],
    [2, 0, false],
    [3, 0, false],
    [4, 0, false],
  );

  it("only those who failed are left alone", () => {
    expect([...avoided(away)].sort()).toEqual([1n, 2n, 3n, 4n]);
    expect(avoided(HEALTHY)).toEqual([]);
  });

  it("a trial goes after a rest of 5 s, to whoever succeeded last, then to the others in turn", () => {
    expect(trialCandidates(away, T0 + 4_999)).toEqual([]);
    expect(trialCandidates(away, T0 + 5_000).slice(0, 2)).toEqual([2n, 4n]);
    const tried: bigint[] = [];
    let health = away;
    let now = T0;
    for (let trial = 0; trial < 8; trial += 1) {
      now = health.restsUntil ?? now;
      const [next = 0n] = trialCandidates(health, now);
      tried.push(next);
      health = beginTrial(health, next, now);
      expect(trialCandidates(health, now + 29_999)).toEqual([]);
      health = observe(health, { datasetId: next, succeeded: false, isTrial: true }, now, 0);
    }
    expect(tried.slice(0, 2)).toEqual([2n, 4n]);
    expect(new Set(tried.slice(0, 4))).toEqual(new Set([1n, 2n, 3n, 4n]));
    expect(tried.slice(4)).toEqual(tried.slice(0, 4));
  });

  it("each rest is twice as long as the one before, up to two minutes, and stretched by chance", () => {
    const rests: number[] = [];
    let health = away;
    for (let trial = 0; trial < 7; trial += 1) {
      health = observe(health, { datasetId: 1n, succeeded: false, isTrial: true }, T0, 0);
      rests.push(((health.restsUntil ?? 0) - T0) / SECOND);
    }
    expect(rests).toEqual([10, 20, 40, 80, 120, 120, 120]);
    const stretched = observe(away, { datasetId: 1n, succeeded: false, isTrial: true }, T0, 0.5);
    expect(stretched.restsUntil).toBe(T0 + 11_000);
  });

  it("a trial that is never answered is followed by another", () => {
    const trying = beginTrial(away, 2n, T0 + 5_000);
    expect(trialCandidates(trying, T0 + 35_000)).not.toEqual([]);
  });

  it("answers to requests that left earlier do not make it rest longer", () => {
    const late = observe(away, { datasetId: 5n, succeeded: false, isTrial: false }, T0 + 4_000, 0);
    expect(late.restsUntil).toBe(away.restsUntil);
    expect(avoided(late)).toContain(5n);
  });
});

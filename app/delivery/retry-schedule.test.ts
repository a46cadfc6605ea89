import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { RETRY_WAITS, nextProbe, nextRetry, throttleUntil } from "./retry-schedule.ts";

const HOUR = 3_600_000;
const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("the retry schedule", () => {
  it("makes ten attempts within 33.3 hours, whatever the jitter", () => {
    fc.assert(
      fc.property(fc.array(unit, { minLength: 9, maxLength: 9 }), (jitters) => {
        let now = 0;
        let attempts = 1;
        for (let failures = 1; ; failures += 1) {
          const next = nextRetry({ failures, retryAfterMs: null, now, random: jitters[failures - 1] ?? 0 });
          if (next.kind === "exhausted") break;
          attempts += 1;
          expect(next.at).toBeGreaterThan(now);
          now = next.at;
        }
        expect(attempts).toBe(10);
        expect(now).toBeLessThanOrEqual(33.3 * HOUR);
        expect(now).toBeGreaterThan(22 * HOUR);
      }),
    );
  });

  it("waits 30 s, 2 min, 10 min, 30 min, 1 h, 2 h, 4 h, 8 h, 12 h, give or take a fifth", () => {
    expect(RETRY_WAITS).toEqual([
      30_000,
      120_000,
      600_000,
      1_800_000,
      HOUR,
      2 * HOUR,
      4 * HOUR,
      8 * HOUR,
      12 * HOUR,
    ]);
    expect(nextRetry({ failures: 1, retryAfterMs: null, now: 0, random: 0 })).toEqual({
      kind: "retry",
      at: 24_000,
    });
    expect(nextRetry({ failures: 1, retryAfterMs: null, now: 0, random: 0.5 })).toEqual({
      kind: "retry",
      at: 30_000,
    });
  });

  it("obeys Retry-After between its own wait and an hour", () => {
    const at = (retryAfterMs: number) => nextRetry({ failures: 1, retryAfterMs, now: 0, random: 0.5 });
    expect(at(1_000)).toEqual({ kind: "retry", at: 30_000 });
    expect(at(90_000)).toEqual({ kind: "retry", at: 90_000 });
    expect(at(100 * HOUR)).toEqual({ kind: "retry", at: HOUR });
  });

  it("doubles a throttled dataset's rest up to an hour", () => {
    const rest = (throttles: number, retryAfterMs: number | null = null) =>
      throttleUntil({ throttles, retryAfterMs, now: 0, random: 0 });
    expect([1, 2, 3, 8, 40].map((throttles) => rest(throttles))).toEqual([
      30_000,
      60_000,
      120_000,
      HOUR,
      HOUR,
    ]);
    expect(rest(1, 500_000)).toBe(500_000);
    expect(rest(1, 10 * HOUR)).toBe(HOUR);
  });

  it("probes a held dataset at least every 72 minutes and never twice in a minute", () => {
    fc.assert(
      fc.property(fc.nat(1_000), unit, (probes, random) => {
        const wait = nextProbe(probes, 0, random);
        expect(wait).toBeGreaterThanOrEqual(60_000);
        expect(wait).toBeLessThanOrEqual(1.2 * HOUR);
      }),
    );
  });
});

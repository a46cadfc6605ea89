import { describe, expect, it } from "vitest";

import { META_BREAKER as rule, beginProbe, mayProbe, newBreaker, observe, type Breaker } from "./breaker.ts";

const see = (breaker: Breaker, successes: number, failures: number, now: number) =>
  observe(breaker, { successes, failures }, rule, now, 0);

describe("the breaker", () => {
  it("concludes nothing from a few requests", () => {
    expect(see(newBreaker(0), 0, 9, 1).state).toBe("closed");
    expect(see(see(newBreaker(0), 0, 9, 1), 0, 1, 2).state).toBe("open");
  });

  it("opens by the share that failed, not by their number", () => {
    expect(see(newBreaker(0), 400, 500, 1).state).toBe("closed");
    expect(see(newBreaker(0), 400, 600, 1).state).toBe("open");
  });

  it("forgets what happened in an earlier window", () => {
    expect(see(see(newBreaker(0), 0, 9, 1), 0, 9, 61_000).state).toBe("closed");
  });

  it("rests, lets one probe through, closes when it succeeds", () => {
    const open = see(newBreaker(0), 0, 10, 100);
    expect(open).toMatchObject({ state: "open", openedAt: 100, retryAt: 5_100, trips: 1 });
    expect(mayProbe(open, 5_099)).toBe(false);
    expect(mayProbe(open, 5_100)).toBe(true);
    const trying = beginProbe(open, rule, 5_100);
    expect(mayProbe(trying, 5_101)).toBe(false);
    expect(see(trying, 1, 0, 5_200)).toMatchObject({ state: "closed", failures: 0, retryAt: null });
    // A probe that never answers does not keep it open for ever.
    expect(mayProbe(trying, 5_100 + rule.probeMs)).toBe(true);
  });

  it("rests twice as long after each failed probe, up to two minutes", () => {
    let breaker = see(newBreaker(0), 0, 10, 0);
    const rests = [];
    for (let trip = 0; trip < 7; trip += 1) {
      const at = breaker.retryAt ?? 0;
      breaker = see(beginProbe(breaker, rule, at), 0, 1, at);
      rests.push((breaker.retryAt ?? 0) - at);
    }
    expect(rests).toEqual([10_000, 20_000, 40_000, 80_000, 120_000, 120_000, 120_000]);
    expect(breaker.openedAt).toBe(0);
  });

  it("heeds no late answers while it is open", () => {
    const open = see(newBreaker(0), 0, 10, 0);
    expect(see(open, 50, 50, 10)).toBe(open);
  });

  it("forgives after a quiet window", () => {
    const closed = see(beginProbe(see(newBreaker(0), 0, 10, 0), rule, 5_000), 1, 0, 5_000);
    expect(closed.trips).toBe(1);
    expect(see(closed, 5, 0, 70_000).trips).toBe(0);
  });
});

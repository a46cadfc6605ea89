import { describe, expect, it } from "vitest";

import { createTokenBuckets } from "./token-buckets.ts";

describe("a limit for each key", () => {
  it("lets a burst pass, then as many as come back, and says how long to wait", () => {
    let now = 0;
    const buckets = createTokenBuckets({ burst: 3, perSecond: 0.5 }, () => now);
    expect([1, 2, 3, 4].map(() => buckets.take("a"))).toEqual([0, 0, 0, 2]);
    expect(buckets.take("b")).toBe(0);
    now += 2_000;
    expect([buckets.take("a"), buckets.take("a")]).toEqual([0, 2]);
    now += 3_600_000;
    expect([1, 2, 3, 4].map(() => buckets.take("a"))).toEqual([0, 0, 0, 2]);
  });

  it("remembers 50,000 keys and no more: the one unused for longest begins anew", () => {
    const buckets = createTokenBuckets({ burst: 1, perSecond: 0 }, () => 0);
    for (let key = 0; key < 50_000; key += 1) buckets.take(String(key));
    expect(buckets.take("0")).toBeGreaterThan(0);
    buckets.take("one more");
    expect(buckets.take("1")).toBe(0);
    expect(buckets.take("0")).toBeGreaterThan(0);
  });

  it("gives nothing for a clock that jumps back", () => {
    let now = 10_000;
    const buckets = createTokenBuckets({ burst: 1, perSecond: 1 }, () => now);
    expect(buckets.take("a")).toBe(0);
    now = 0;
    expect(buckets.take("a")).toBe(1);
  });
});

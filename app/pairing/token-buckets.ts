import { LRUCache } from "lru-cache";

import { atMost } from "../platform/process/at-most.ts";
import type { Clock } from "../platform/process/clock.ts";

export interface BucketSize {
  /** Requests at once. */
  readonly burst: number;
  /** Requests that come back each second. */
  readonly perSecond: number;
}

export interface TokenBuckets {
  /**
   * @param weight what it counts as; at most the burst. Default 1
   * @returns 0 when the request may pass, else the seconds after which it is worth trying again
   */
  take(key: string, weight?: number): number;
}

/** Keys that are remembered; the one unused for longest is forgotten first, so memory stays bounded. */
const MOST_KEYS = 50_000;

/** A limit for each key. What one process counts another does not know: n processes allow n times as much. */
export function createTokenBuckets(size: BucketSize, clock: Clock): TokenBuckets {
  const buckets = new LRUCache<string, { left: number; at: number }>(atMost(MOST_KEYS));
  return {
    take: (key, weight = 1) => {
      const now = clock();
      const bucket = buckets.get(key) ?? { left: size.burst, at: now };
      const back = (Math.max(0, now - bucket.at) / 1000) * size.perSecond;
      const left = Math.min(size.burst, bucket.left + back);
      const isFree = left >= weight;
      buckets.set(key, { left: isFree ? left - weight : left, at: now });
      return isFree ? 0 : Math.max(1, Math.ceil((weight - left) / size.perSecond));
    },
  };
}

import { memoryUsage } from "node:process";

import { LRUCache } from "lru-cache";
import { expect, it } from "vitest";

import { atMost } from "./at-most.ts";

it("holds so many entries, and forgets the one that was used longest ago", () => {
  const cache = new LRUCache<string, number>({ ...atMost(3), ttl: 60_000 });
  for (const [value, key] of ["a", "b", "c"].entries()) cache.set(key, value);
  cache.get("a");
  cache.set("d", 3);
  expect([...cache.keys()].sort()).toEqual(["a", "c", "d"]);
});

it("sets no memory aside: twelve empty caches of 50,000 entries take less than one megabyte", () => {
  const taken = () => memoryUsage().heapUsed + memoryUsage().arrayBuffers;
  const before = taken();
  const caches = Array.from({ length: 12 }, () => new LRUCache<string, number>(atMost(50_000)));
  expect(taken() - before).toBeLessThan(1_000_000);
  expect(caches).toHaveLength(12);
});

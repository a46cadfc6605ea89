import { expect, it } from "vitest";

import { decideRetry } from "./decide-retry.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

it.each<[attempts: number, afterMs: number, random: number, nextMs: number | null]>([
  [1, 0, 0, MINUTE],
  [1, 0, 0.5, 1.1 * MINUTE],
  [2, MINUTE, 0, 6 * MINUTE],
  [3, 6 * MINUTE, 0, 21 * MINUTE],
  [6, 3 * HOUR, 0, 5 * HOUR],
  [40, 20 * HOUR, 0, 22 * HOUR],
  [17, 23 * HOUR, 0, 24 * HOUR],
  [17, 24 * HOUR - 1, 0, 24 * HOUR],
  [17, 24 * HOUR, 0, null],
  [2, 100 * HOUR, 0, null],
])("attempt %i, %i ms after it was decided on", (attempts, afterMs, random, nextMs) => {
  const createdAt = Date.UTC(2026, 5, 10);
  expect(decideRetry({ attempts, createdAt, now: createdAt + afterMs, random })).toEqual(
    nextMs === null ? { kind: "dead" } : { kind: "retry", at: createdAt + nextMs },
  );
});

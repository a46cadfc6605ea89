import { setImmediate as nextLoop } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { createTurns } from "./take-turns.ts";

describe("turns", () => {
  it("lets so many go on in each turn of the event loop, in their order, and all in the end", async () => {
    const turns = createTurns(2);
    const gone: number[] = [];
    const all = [0, 1, 2, 3, 4].map((caller) => turns.next().then(() => gone.push(caller)));
    const after: number[] = [];
    for (let loop = 0; loop < 3; loop += 1) {
      await nextLoop();
      after.push(gone.length);
    }
    await Promise.all(all);
    expect(after).toEqual([2, 4, 5]);
    expect(gone).toEqual([0, 1, 2, 3, 4]);
    // And whoever comes later.
    await Promise.all([turns.next(), turns.next(), turns.next()]);
    const late = turns.next();
    await late;
  });

  it("takes callers that come while others go on", async () => {
    const turns = createTurns(1);
    let done = 0;
    const again = async (left: number): Promise<void> => {
      await turns.next();
      done += 1;
      if (left > 0) await Promise.all([again(left - 1), again(left - 1)]);
    };
    await again(5);
    expect(done).toBe(63);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { reconnectDelayMs } from "./reconnect-delay.ts";

describe("the pause before the next attempt to connect", () => {
  it.each([
    [0, 250, 500],
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [3, 2_000, 4_000],
    [4, 4_000, 8_000],
    [5, 5_000, 10_000],
    [10_000, 5_000, 10_000],
  ])("after %i failures is between %i and %i ms", (failures, shortest, longest) => {
    expect(reconnectDelayMs(failures, 0)).toBe(shortest);
    expect(reconnectDelayMs(failures, 0.999_999)).toBe(longest);
  });

  it("is never shorter than a quarter of a second and never longer than ten seconds", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, chance) => {
          const delay = reconnectDelayMs(failures, chance);
          expect(delay).toBeGreaterThanOrEqual(250);
          expect(delay).toBeLessThanOrEqual(10_000);
        },
      ),
    );
  });
});

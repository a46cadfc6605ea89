import { describe, expect, it } from "vitest";

import { findCostlyTexts, type LengthPlace } from "#tests/security/length-cost.ts";

/** A place whose work is counted instead of timed: `steps` of a text, 100,000 to a millisecond. */
function counted(steps: (text: string) => number) {
  let spent = 0;
  const place: LengthPlace = {
    name: "place",
    longest: 10_000,
    send: async (text) => void (spent += steps(text) / 100_000),
  };
  const probe = async () => {
    const cost = { cpuMs: spent, heldMs: spent };
    spent = 0;
    return cost;
  };
  return findCostlyTexts([place], probe);
}

describe("texts whose cost grows faster than their length", () => {
  it("are found, with the piece that does it", async () => {
    // 10,000² / 100,000 = 1,000 ms; of a quarter 62.5 ms.
    const { costly, worst } = await counted((text) =>
      text.startsWith("/a") ? text.length ** 2 : text.length,
    );
    expect(costly).toEqual(['place, "/a" × 10000: 1000 ms, of a quarter 63 ms, held 1000 ms']);
    expect(worst).toEqual({ place: 'place, "/a"', cpuMs: 1_000 });
  });

  it("are told from dear ones whose cost grows with the length", async () => {
    // 2,000 × 10,000 / 100,000 = 200 ms: more than noise, less than what holds up others.
    expect(await counted((text) => 2_000 * text.length)).toMatchObject({ costly: [] });
  });

  it("are not the only fault: what holds the event loop is one as well", async () => {
    // 4,000 × 10,000 / 100,000 = 400 ms.
    const { costly } = await counted((text) => (text.startsWith("é") ? 4_000 * text.length : 0));
    expect(costly).toEqual(['place, "é" × 10000: 400 ms, of a quarter 100 ms, held 400 ms']);
  });

  it("are not found where one try of several was cheap: that was the machine", async () => {
    let turn = 0;
    expect(await counted((text) => (turn++ % 2 === 0 ? text.length ** 2 : 0))).toMatchObject({ costly: [] });
  });
});

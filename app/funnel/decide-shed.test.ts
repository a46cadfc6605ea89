import { describe, expect, it } from "vitest";

import { EVENTS } from "../../extensions/contract/events/registry.ts";
import { lastingDelay, leastPriority } from "./decide-shed.ts";

const ROOM = { backlog: 100, loopDelayMs: 100, waiting: 100 };
const CALM = { backlog: 0, loopDelayMs: 0, waiting: 0 };

describe("what is given up", () => {
  it.each([
    [0, ["Search", "ViewCategory", "ViewContent", "AddToCart", "AddPaymentInfo", "InitiateCheckout"]],
    [49, ["Search", "ViewCategory", "ViewContent", "AddToCart", "AddPaymentInfo", "InitiateCheckout"]],
    [50, ["ViewContent", "AddToCart", "AddPaymentInfo", "InitiateCheckout"]],
    [70, ["AddToCart", "AddPaymentInfo", "InitiateCheckout"]],
    [85, ["AddPaymentInfo", "InitiateCheckout"]],
    [100, []],
    [1_000, []],
  ])("at %i %% of the room these are taken: %j", (share, taken) => {
    for (const measure of ["backlog", "loopDelayMs", "waiting"] as const) {
      const least = leastPriority({ ...CALM, [measure]: share }, ROOM);
      const names = EVENTS.filter(({ from }) => from === "web_pixel")
        .filter(({ priority }) => priority >= least)
        .map(({ name }) => name);
      expect(names).toEqual(taken);
    }
  });
});

describe("the event loop's delay", () => {
  it.each([
    [[462], 0, "one long pause of a process that has just started"],
    [[462, 380], 0, "two of them"],
    [[22, 462, 24], 22, "one between two quiet seconds"],
    [[462, 380, 24], 24, "over"],
    [[210, 462, 250], 210, "in every second"],
    [[24, 210, 462, 250], 210, "for as long as it counts"],
  ])("%j: %i ms (%s)", (longest, lasting) => {
    expect(lastingDelay(longest)).toBe(lasting);
  });
});

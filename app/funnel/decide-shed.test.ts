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
    ["of a process that has just started, after long pauses", 0, [462, 380], 0],
    ["after one long pause between quiet seconds", 23, [22, 462, 24], 23],
    ["after two", 23, [462, 380, 24], 24],
    ["when every second has long pauses", 24, [210, 462, 250], 210],
    ["with one quiet second in the middle of an overload", 210, [462, 24, 380], 210],
    ["two seconds after an overload", 210, [462, 24, 22], 210],
    ["three seconds after an overload", 210, [24, 22, 23], 24],
  ])("%s", (_when, before, longest, lasting) => {
    expect(lastingDelay(before, longest)).toBe(lasting);
  });
});

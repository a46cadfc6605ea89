import { expect, it } from "vitest";

import { bandCentre, fitAxis, heightAt, spreadLabels } from "./chart-scale.ts";

it.each([
  ["a share of nothing", { max: 0, atLeast: 0.05, atMost: 1 }, [0, 0.01, 0.02, 0.03, 0.04, 0.05]],
  ["a small share", { max: 0.031, atLeast: 0.05, atMost: 1 }, [0, 0.01, 0.02, 0.03, 0.04, 0.05]],
  ["a share above the least", { max: 0.06, atLeast: 0.05, atMost: 1 }, [0, 0.02, 0.04, 0.06]],
  ["all of them", { max: 1, atLeast: 0.05, atMost: 1 }, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  ["a share that cannot be", { max: 4, atLeast: 0.05, atMost: 1 }, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  ["a score", { max: 7.3, atLeast: 10, atMost: 10 }, [0, 2, 4, 6, 8, 10]],
  ["an end between the steps", { max: 7, atLeast: 7, atMost: 7 }, [0, 7]],
  ["one order", { max: 1, whole: true }, [0, 1]],
  ["three orders", { max: 3, whole: true }, [0, 1, 2, 3]],
  ["no orders", { max: 0, whole: true }, [0, 1]],
  ["twelve orders", { max: 12, whole: true }, [0, 5, 10, 15]],
  ["many orders", { max: 12_345, whole: true }, [0, 2_500, 5_000, 7_500, 10_000, 12_500]],
])("the axis of %s", (_, wish, ticks) => {
  expect(fitAxis(wish)).toEqual(ticks);
});

it("names the first and the last day, and few between", () => {
  expect(spreadLabels(1, 5)).toEqual([0]);
  expect(spreadLabels(3, 5)).toEqual([0, 1, 2]);
  expect(spreadLabels(90, 5)).toEqual([0, 22, 45, 67, 89]);
});

it("puts a value where it belongs and nothing outside of the picture", () => {
  expect(bandCentre(0, 1)).toBe(50);
  expect(bandCentre(29, 30)).toBe(98.33);
  expect(heightAt(0, 5)).toBe(100);
  expect(heightAt(5, 5)).toBe(0);
  expect(heightAt(7, 5)).toBe(0);
});

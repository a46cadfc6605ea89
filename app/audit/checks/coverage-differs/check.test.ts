import { expect, it } from "vitest";

import { healthyFacts, withScore } from "#tests/setup/healthy-facts.ts";

import { coverageDiffers } from "./check.ts";

const metas = (percentage: number) =>
  withScore(healthyFacts(), { keys: [{ identifier: "email", percentage }] });

it("fails when Meta sees e-mail on 84 % and we sent it with all", () => {
  expect(coverageDiffers.judge(metas(84), false)).toMatchObject({
    kind: "fails",
    certainty: "likely",
    values: { key: "email", oursShare: 1, metasShare: 0.84 },
  });
});

it("holds at 15 points", () => {
  expect(coverageDiffers.judge(metas(85), false).kind).toBe("holds");
});

it("says nothing of fewer than 100 events", () => {
  expect(coverageDiffers.judge(healthyFacts(3), false)).toEqual({ kind: "not_known", why: "not_told" });
});

/** Meta's own figure for what Tandem sent, beside 95 % of the whole dataset. */
const oursByMeta = (percentage: number) => {
  const facts = metas(95);
  const ours = { Purchase: { keys: [{ identifier: "email", percentage }], diagnostics: [], dedupe: [] } };
  return {
    ...facts,
    datasets: facts.datasets.map((dataset) => ({
      ...dataset,
      snapshots: dataset.snapshots.map((each) => ({ ...each, ours })),
    })),
  };
};

it("is proven where Meta's own figure for what Tandem sent differs from the whole", () => {
  expect(coverageDiffers.judge(oursByMeta(79), false)).toMatchObject({
    kind: "fails",
    certainty: "proven",
    values: { oursShare: 0.79, metasShare: 0.95 },
  });
  expect(coverageDiffers.judge(oursByMeta(80), false).kind).toBe("holds");
});

it("still compares with what was sent where Meta passes over our name", () => {
  const facts = metas(84);
  const ours = { Purchase: { keys: [{ identifier: "email", percentage: 84 }], diagnostics: [], dedupe: [] } };
  const same = {
    ...facts,
    datasets: facts.datasets.map((each) => ({
      ...each,
      snapshots: each.snapshots.map((snapshot) => ({ ...snapshot, ours })),
    })),
  };
  expect(coverageDiffers.judge(same, false)).toMatchObject({ kind: "fails", certainty: "likely" });
});

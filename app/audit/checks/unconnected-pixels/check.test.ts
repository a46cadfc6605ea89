import { expect, it } from "vitest";

import { healthyDataset, healthyFacts, sighting, withSightings } from "#tests/setup/healthy-facts.ts";

import { unconnectedPixels } from "./check.ts";

const OTHER = "975184251718590";
const page = (change: Partial<ReturnType<typeof sighting>> = {}) =>
  sighting({ kind: "page_pixel", sender: "theme", pixelId: OTHER, ...change });
const judge = (...sightings: ReturnType<typeof sighting>[]) =>
  unconnectedPixels.judge(withSightings(healthyFacts(), ...sightings), false);

it("names Pixels that are not connected, each once", () => {
  expect(judge(page(), page({ sender: "gtm" }), page({ pixelId: "4444" }))).toMatchObject({
    kind: "fails",
    severity: "low",
    certainty: "reported",
    orders: null,
    values: { count: 2, ids: `${OTHER}, 4444` },
  });
});

it("holds for ours, for the channel's on another dataset, and for what few hours name or has gone", () => {
  expect(judge(page({ pixelId: "900000000000001" }), sighting({ pixelId: OTHER })).kind).toBe("holds");
  expect(judge(page({ isCredible: false }), page({ isGone: true, pixelId: "4444" })).kind).toBe("holds");
});

it("takes a paused dataset for connected", () => {
  const datasets = [healthyDataset(), healthyDataset({ row: "2", datasetId: OTHER, state: "paused" })];
  expect(unconnectedPixels.judge({ ...withSightings(healthyFacts(), page()), datasets }, false).kind).toBe(
    "holds",
  );
});

it("cannot say where no page tells", () => {
  const facts = healthyFacts();
  const storefront = facts.storefront && { ...facts.storefront, told: [] };
  expect(unconnectedPixels.judge({ ...facts, storefront }, false)).toEqual({
    kind: "not_known",
    why: "not_told",
  });
});

import { expect, it } from "vitest";

import {
  daysAgo,
  healthyDataset,
  healthyFacts,
  sighting,
  withSightings,
} from "#tests/setup/healthy-facts.ts";

import { channelSameDataset } from "./check.ts";

const judge = (...sightings: ReturnType<typeof sighting>[]) =>
  channelSameDataset.judge(withSightings(healthyFacts(), ...sightings), false);

it("fails where the channel is on our dataset, with the online orders of the days since", () => {
  expect(judge(sighting())).toMatchObject({
    kind: "fails",
    severity: "critical",
    certainty: "reported",
    since: daysAgo(3),
    // 36 online orders a day, of 40: today and three days before.
    orders: 144,
    worth: [{ currency: "USD", amount: 7_200 }],
    values: { pixelId: "900000000000001", hours: 40, ofHours: 48 },
    evidence: [{ text: "audit.evidence.channelSeen" }],
  });
});

it.each([
  ["it is on another dataset, which is harmless", { pixelId: "975184251718590" }],
  ["it has gone", { isGone: true }],
  ["too few hours name it among those that do not", { isCredible: false }],
  ["it is another app", { sender: "3325251" }],
])("holds where %s", (_name, change) => {
  expect(judge(sighting(change)).kind).toBe("holds");
});

it("cannot say while it may still be believed, where its dataset is not read, or where pages do not tell", () => {
  expect(judge(sighting({ isCredible: false, isPending: true }))).toEqual({
    kind: "not_known",
    why: "too_few",
  });
  expect(judge(sighting({ pixelId: null }))).toEqual({ kind: "not_known", why: "not_told" });
  const facts = withSightings(healthyFacts(), sighting());
  const silent = { ...facts, storefront: facts.storefront && { ...facts.storefront, told: [] } };
  expect(channelSameDataset.judge(silent, true)).toEqual({ kind: "not_known", why: "not_told" });
});

it("does not apply to a store without a dataset, and a paused one counts nothing twice", () => {
  const facts = withSightings(healthyFacts(), sighting());
  expect(channelSameDataset.judge({ ...facts, datasets: [] }, false).kind).toBe("not_applicable");
  const paused = [healthyDataset({ state: "paused" })];
  expect(channelSameDataset.judge({ ...facts, datasets: paused }, false).kind).toBe("holds");
});

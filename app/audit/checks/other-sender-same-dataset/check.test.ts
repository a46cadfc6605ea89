import { expect, it } from "vitest";

import { daysAgo, healthyFacts, NOW, sighting, withSightings } from "#tests/setup/healthy-facts.ts";

import { otherSenderSameDataset } from "./check.ts";

const judge = (...sightings: ReturnType<typeof sighting>[]) =>
  otherSenderSameDataset.judge(withSightings(healthyFacts(), ...sightings), false);
const app = (change: Partial<ReturnType<typeof sighting>> = {}) => sighting({ sender: "3325251", ...change });
const theme = (change: Partial<ReturnType<typeof sighting>> = {}) =>
  sighting({ kind: "page_pixel", sender: "theme", ...change });

it("fails for another app on our dataset as for the channel, for the theme less so", () => {
  expect(judge(app(), theme({ firstSeen: NOW - 5 * 86_400_000 }))).toMatchObject({
    kind: "fails",
    severity: "critical",
    certainty: "reported",
    since: daysAgo(5),
    values: { count: 2, hours: 40 },
    evidence: [
      { text: "audit.evidence.appSeen" },
      { text: "audit.evidence.themeSeen" },
      { text: "audit.evidence.eventsToo", values: { events: "InitiateCheckout, AddToCart, ViewContent" } },
    ],
  });
  expect(judge(theme())).toMatchObject({ kind: "fails", severity: "high" });
});

it.each([
  ["the channel, which has a check of its own", sighting()],
  ["an app on another dataset", app({ pixelId: "975184251718590" })],
  ["one that has gone", app({ isGone: true })],
  ["one that few hours name", app({ isCredible: false })],
])("holds for %s", (_name, seen) => {
  expect(judge(seen).kind).toBe("holds");
});

it("cannot say while one may still be believed, or where the list is not told and nobody else is seen", () => {
  expect(judge(app({ isCredible: false, isPending: true }))).toEqual({ kind: "not_known", why: "too_few" });
  const facts = healthyFacts();
  const storefront = facts.storefront && { ...facts.storefront, told: ["page" as const] };
  expect(otherSenderSameDataset.judge({ ...facts, storefront }, false)).toEqual({
    kind: "not_known",
    why: "not_told",
  });
  const seen = storefront && { ...storefront, sightings: [theme()] };
  expect(otherSenderSameDataset.judge({ ...facts, storefront: seen }, false).kind).toBe("fails");
});

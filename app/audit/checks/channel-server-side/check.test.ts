import { expect, it } from "vitest";

import { healthyFacts, sighting, withSightings } from "#tests/setup/healthy-facts.ts";

import { channelServerSide } from "./check.ts";

const server = (change: Partial<ReturnType<typeof sighting>> = {}) =>
  sighting({ kind: "server_side", pixelId: null, ...change });
const judge = (...sightings: ReturnType<typeof sighting>[]) =>
  channelServerSide.judge(withSightings(healthyFacts(), ...sightings), false);

it("fails where the server side is on and the channel is on our dataset", () => {
  expect(judge(sighting(), server())).toMatchObject({
    kind: "fails",
    severity: "critical",
    certainty: "reported",
    orders: 144,
    evidence: [{ text: "audit.evidence.serverSideSeen", values: { hours: 40, ofHours: 48 } }],
  });
});

it("does not apply where the channel is absent or on another dataset", () => {
  expect(judge(server()).kind).toBe("not_applicable");
  expect(judge(server(), sighting({ pixelId: "975184251718590" })).kind).toBe("not_applicable");
});

it("holds where it is off or has gone, and cannot say while either may still be believed", () => {
  expect(judge(sighting()).kind).toBe("holds");
  expect(judge(sighting(), server({ isGone: true })).kind).toBe("holds");
  const pending = { isCredible: false, isPending: true };
  expect(judge(sighting(), server(pending))).toEqual({ kind: "not_known", why: "too_few" });
  expect(judge(sighting(pending), server())).toEqual({ kind: "not_known", why: "too_few" });
});

it("cannot say where pages do not tell of it", () => {
  const facts = withSightings(healthyFacts(), sighting());
  const silent = {
    ...facts,
    storefront: facts.storefront && { ...facts.storefront, told: ["list" as const] },
  };
  expect(channelServerSide.judge(silent, false)).toEqual({ kind: "not_known", why: "not_told" });
});

import { describe, expect, it } from "vitest";

import type { AuditFacts } from "../../facts/audit-facts.ts";
import {
  healthyFacts,
  NOW,
  sighting,
  sum,
  withDays,
  withSightings,
  withStore,
} from "#tests/setup/healthy-facts.ts";

import { pixelPaused } from "./check.ts";

const told = (state: string | null, facts = healthyFacts(), at = NOW) =>
  withStore(facts, { webPixelSharing: state === null ? null : { state, at } });
const paged = (sharing: string, facts: AuditFacts) =>
  withSightings(facts, sighting({ kind: "own_pixel", sender: "tandem", pixelId: null, sharing }));
/** Browser copies of eight days: 5 of 36 online orders, instead of 32. */
const fallen = (facts: AuditFacts) =>
  withDays(facts, 8, (day) => ({
    ...day,
    pairing: { ...day.pairing, paired: sum(5), server_only: sum(31) },
  }));

describe("Shopify's own word decides", () => {
  it.each([
    ["PAUSED", "critical"],
    ["OPTIMIZED_PAUSE_ALL_EVENTS", "critical"],
    ["OPTIMIZED_ALLOW_LIMITED_EVENTS", "high"],
    ["OPTIMIZED_ALLOW_ALL_EVENTS", "medium"],
  ])("%s is %s, proven, whatever the pages say", (state, severity) => {
    expect(pixelPaused.judge(paged("unrestricted", told(state)), false)).toMatchObject({
      kind: "fails",
      severity,
      certainty: "proven",
      evidence: [{ text: "audit.evidence.sharingTold", values: { state } }, {}],
    });
  });

  it("ALWAYS_ON is right, whatever the pages say and however few browser copies come", () => {
    expect(pixelPaused.judge(paged("optimized", fallen(told("ALWAYS_ON"))), false).kind).toBe("holds");
  });
});

describe("without Shopify's word", () => {
  it("pages that say optimized are a warning, reported", () => {
    expect(pixelPaused.judge(paged("optimized", told(null)), false)).toMatchObject({
      kind: "fails",
      severity: "medium",
      certainty: "reported",
      orders: null,
      values: { witnesses: 1 },
    });
  });

  it("and a share of browser copies that has fallen makes it a loss, likely", () => {
    expect(pixelPaused.judge(paged("optimized", fallen(told(null))), false)).toMatchObject({
      severity: "high",
      certainty: "likely",
      // Of the 36 online orders of yesterday.
      orders: 31,
      values: { witnesses: 2 },
    });
  });

  it("pages that say unrestricted are enough", () => {
    expect(pixelPaused.judge(paged("unrestricted", told(null)), false).kind).toBe("holds");
  });

  it.each([
    ["nobody tells, a fallen share alone included", fallen(told(null))],
    ["Shopify's answer is old", told("PAUSED", healthyFacts(), NOW - 4 * 86_400_000)],
    ["Shopify has a new state", told("SOMETHING_NEW")],
    ["the pages have a new word", paged("something", told(null))],
  ])("nobody can say where %s", (_name, facts) => {
    expect(pixelPaused.judge(facts, false)).toEqual({ kind: "not_known", why: "not_told" });
  });
});

it("all three witnesses stand in one finding", () => {
  const facts = paged("optimized", fallen(told("OPTIMIZED_ALLOW_ALL_EVENTS")));
  expect(pixelPaused.judge(facts, false)).toMatchObject({
    severity: "high",
    certainty: "proven",
    values: { witnesses: 3 },
  });
});

it("does not apply while the web pixel is not connected, of which another check speaks", () => {
  const facts = withStore(told("PAUSED"), { webPixel: { state: "failed", problem: null, at: NOW } });
  expect(pixelPaused.judge(facts, false).kind).toBe("not_applicable");
});

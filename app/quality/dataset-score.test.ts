import { expect, it } from "vitest";

import { pickEvent, readDatasetScore } from "./dataset-score.ts";

// The shape of Meta's "Dataset Quality API" page; values made up.
const PURCHASE = {
  event_name: "Purchase",
  event_match_quality: {
    composite_score: 6.3,
    match_key_feedback: [
      { identifier: "email", coverage: { percentage: 98.5 }, potential_aly_acr_increase: { percentage: 1 } },
      { identifier: "phone" },
    ],
    diagnostics: [
      { name: "Low coverage", solution: "Send it", affected_event_count: 3, total_event_count: 9 },
    ],
  },
  event_coverage: { percentage: 82, goal_percentage: 75 },
  dedupe_key_feedback: [
    {
      dedupe_key: "event_id",
      browser_events_with_dedupe_key: { percentage: 99 },
      server_events_with_dedupe_key: { percentage: 100 },
      overall_browser_coverage_from_dedupe_key: { percentage: 91, goal_percentage: 75 },
    },
  ],
  data_freshness: { upload_frequency: "real_time" },
};

it("reads what Meta's page promises", () => {
  expect(readDatasetScore(PURCHASE)).toEqual({
    score: 6.3,
    keys: [{ identifier: "email", percentage: 98.5 }],
    diagnostics: [{ name: "Low coverage", solution: "Send it", affected: 3, total: 9 }],
    coverage: 82,
    coverageGoal: 75,
    dedupe: [{ key: "event_id", browser: 99, server: 100, overall: 91 }],
    freshness: "real_time",
  });
});

it.each([
  ["an idle dataset", {}],
  ["lists that are none", { event_match_quality: { match_key_feedback: {}, diagnostics: null } }],
  ["figures as text", { event_match_quality: { composite_score: "8" }, event_coverage: { percentage: "9" } }],
  ["parts that are null", { event_match_quality: null, dedupe_key_feedback: null, data_freshness: null }],
])("knows nothing of %s, and does not fall over it", (_name, answer) => {
  expect(readDatasetScore(answer)).toEqual({ keys: [], diagnostics: [], dedupe: [] });
});

it.each([null, undefined, "text", 3])("takes %s for no reading", (answer) => {
  expect(readDatasetScore(answer)).toBeNull();
});

it("finds the event among whatever else Meta lists", () => {
  expect(pickEvent([null, "x", { event_name: "Lead" }, PURCHASE], "Purchase")).toBe(PURCHASE);
  expect(pickEvent([], "Purchase")).toBeNull();
});

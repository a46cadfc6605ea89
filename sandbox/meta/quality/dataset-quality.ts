import { matchQuality } from "./match-quality.ts";
import { DEDUPE_KEYS, type QualitySums, type QualityTally } from "./quality-tally.ts";

const EVENT_COVERAGE_GOAL = 75;

const percentage = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.min(100, Math.round((1000 * part) / whole) / 10);

/**
 * Every field of `web[]` (meta.md section 5) from what the dataset received: match quality over 48 hours, coverage and
 * deduplication over 7 days. No row for an event name without events in the last 7 days, so an idle dataset has none.
 */
export function datasetQuality(tally: QualityTally, now: number): Record<string, unknown>[] {
  return tally.names().flatMap((name) => {
    const week = tally.last(name, 7 * 24, now);
    if (week.server + week.browser === 0) return [];
    const recent = tally.last(name, 48, now);
    return [
      {
        event_name: name,
        ...(recent.server === 0 ? {} : { event_match_quality: matchQuality(recent) }),
        ...(week.server === 0 ? {} : serverFields(week)),
        // The field can be absent for a dataset; here it is while one of the channels is silent.
        ...(week.server === 0 || week.browser === 0 ? {} : { dedupe_key_feedback: dedupeFeedback(week) }),
      },
    ];
  });
}

function serverFields(week: QualitySums): Record<string, unknown> {
  const covered = week.browser === 0 ? 100 : percentage(week.server, week.browser);
  const meanDelay = week.delaySeconds / week.server;
  return {
    event_coverage: {
      percentage: covered,
      goal_percentage: EVENT_COVERAGE_GOAL,
      description: "Share of browser events that the server reports too",
    },
    data_freshness: {
      upload_frequency: meanDelay < 3600 ? "real_time" : meanDelay < 86_400 ? "hourly" : "daily",
      description: "How soon after they happen events arrive",
    },
    acr: { percentage: 0, description: "Additional conversions reported" },
    event_potential_aly_acr_increase: {
      percentage: 0,
      description: "Estimated gain in additional conversions reported",
    },
  };
}

/** Coverage is incremental per key: what event_id already brought together is not credited to the next key. */
function dedupeFeedback(week: QualitySums): Record<string, unknown>[] {
  let left = week.browser;
  return DEDUPE_KEYS.map((key) => {
    const both =
      key === "event_id" ? week.met : Math.min(week.browserKeys[key], week.serverKeys[key]) - week.met;
    const gained = Math.max(0, Math.min(left, both));
    left -= gained;
    return {
      dedupe_key: key,
      browser_events_with_dedupe_key: { percentage: percentage(week.browserKeys[key], week.browser) },
      server_events_with_dedupe_key: { percentage: percentage(week.serverKeys[key], week.server) },
      overall_browser_coverage_from_dedupe_key: { percentage: percentage(gained, week.browser) },
    };
  });
}

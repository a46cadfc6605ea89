import { DEDUPE_KEYS, type QualitySums, type QualityTally } from "./quality-tally.ts";
import { IDENTITY_KEYS, type IdentityKey } from "../receive/customer-information.ts";

const EVENT_COVERAGE_GOAL = 75;

const oneDecimal = (value: number): number => Math.round(value * 10) / 10;
const percentage = (part: number, whole: number) => ({
  percentage: whole === 0 ? 0 : Math.min(100, oneDecimal((100 * part) / whole)),
});

/**
 * `web[]` (meta.md section 5) from what the dataset received: match quality over 48 hours, coverage and deduplication
 * over 7 days. No row for an event name without events in the last 7 days, so an idle dataset has none. Meta's estimates of
 * what more could be gained and its prose are left out, as Meta leaves out what it does not know.
 */
export function datasetQuality(tally: QualityTally, now: number): object[] {
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

function serverFields(week: QualitySums): object {
  const covered = week.browser === 0 ? { percentage: 100 } : percentage(week.server, week.browser);
  const meanDelay = week.delaySeconds / week.server;
  return {
    event_coverage: { ...covered, goal_percentage: EVENT_COVERAGE_GOAL },
    data_freshness: {
      upload_frequency: meanDelay < 3600 ? "real_time" : meanDelay < 86_400 ? "hourly" : "daily",
    },
  };
}

/** Coverage is incremental per key: what event_id already brought together is not credited to the next key. */
function dedupeFeedback(week: QualitySums): object[] {
  let left = week.browser;
  return DEDUPE_KEYS.map((key) => {
    const both =
      key === "event_id" ? week.met : Math.min(week.browserKeys[key], week.serverKeys[key]) - week.met;
    const gained = Math.max(0, Math.min(left, both));
    left -= gained;
    return {
      dedupe_key: key,
      browser_events_with_dedupe_key: percentage(week.browserKeys[key], week.browser),
      server_events_with_dedupe_key: percentage(week.serverKeys[key], week.server),
      overall_browser_coverage_from_dedupe_key: percentage(gained, week.browser),
    };
  });
}

/**
 * A stand-in for Event Match Quality. Meta publishes the order of weight only (meta.md 2.3: e-mail and click ID high,
 * names, city and zip low) and ranges 0 to 10; the weights here are the sandbox's own and keep that order. Of the names Meta
 * shows four in published answers (e-mail, IP, user agent, external ID); the others are guesses, and a login has none.
 */
const MATCH_KEYS: readonly (readonly [IdentityKey, weight: number, identifier?: string])[] = [
  ["em", 3, "email"],
  ["client_ip_address", 1.5, "ip_address"],
  ["client_user_agent", 1.5, "user_agent"],
  ["external_id", 2, "external_id"],
  ["ph", 2, "phone"],
  ["fbc", 3, "fbc"],
  ["fbp", 2, "fbp"],
  ["country", 2, "country"],
  ["db", 2, "birthdate"],
  ["fn", 1, "first_name"],
  ["ln", 1, "last_name"],
  ["ct", 1, "city"],
  ["st", 0, "state"],
  ["zp", 1, "zip_code"],
  ["fb_login_id", 2],
];
/** What an event with everything a shop can know reaches; birthdates and Facebook logins come on top, up to 10. */
const FULL_WEIGHT = 20.5;

const carrying = (sums: QualitySums, key: IdentityKey): number =>
  sums.identity[IDENTITY_KEYS.indexOf(key)] ?? 0;

/** `event_match_quality` for the server events of a period; never called for none. */
function matchQuality(sums: QualitySums): object {
  const weighed = MATCH_KEYS.reduce((sum, [key, weight]) => sum + weight * carrying(sums, key), 0);
  return {
    composite_score: Math.min(10, oneDecimal((10 * weighed) / sums.server / FULL_WEIGHT)),
    match_key_feedback: MATCH_KEYS.flatMap(([key, , identifier]) => {
      const events = carrying(sums, key);
      const isTold = events > 0 || ["em", "ph", "fbc"].includes(key);
      return isTold && identifier ? [{ identifier, coverage: percentage(events, sums.server) }] : [];
    }),
    diagnostics: diagnostics(sums),
  };
}

/** The keys whose absence is reported; the wording is the sandbox's own. */
const DIAGNOSED: readonly (readonly [IdentityKey, name: string, solution: string])[] = [
  ["client_user_agent", "Server events miss the user agent", "Send client_user_agent with website events"],
  ["client_ip_address", "Server events miss the IP address", "Send client_ip_address with website events"],
];

const diagnostics = (sums: QualitySums): object[] =>
  DIAGNOSED.map(([key, name, solution]) => {
    const affected = sums.server - carrying(sums, key);
    return {
      name,
      description: `Server events arrive without ${key}`,
      solution,
      ...percentage(affected, sums.server),
      affected_event_count: affected,
      total_event_count: sums.server,
    };
  }).filter((diagnostic) => diagnostic.affected_event_count > 0);

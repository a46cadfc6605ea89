import { DEDUPE_KEYS, type QualitySums, type QualityTally } from "./quality-tally.ts";
import { IDENTITY_KEYS, type IdentityKey } from "../receive/customer-information.ts";

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

/**
 * A stand-in for Event Match Quality. Meta publishes the order of weight only (meta.md 2.3: e-mail and click ID high,
 * names, city and zip low) and ranges 0 to 10; the figures here are the sandbox's own and keep that order.
 */
const WEIGHTS: Readonly<Partial<Record<IdentityKey, number>>> = {
  em: 3,
  fbc: 3,
  ph: 2,
  external_id: 2,
  fbp: 2,
  country: 2,
  db: 2,
  fb_login_id: 2,
  client_ip_address: 1.5,
  client_user_agent: 1.5,
  fn: 1,
  ln: 1,
  ct: 1,
  zp: 1,
};
/** What an event with everything a shop can know reaches; birthdates and Facebook logins come on top, up to 10. */
const FULL_WEIGHT = 20.5;

/** Meta names four of these in published answers (e-mail, IP, user agent, external ID); the others are guesses. */
const IDENTIFIERS: readonly (readonly [IdentityKey, string])[] = [
  ["em", "email"],
  ["client_ip_address", "ip_address"],
  ["client_user_agent", "user_agent"],
  ["external_id", "external_id"],
  ["ph", "phone"],
  ["fbc", "fbc"],
  ["fbp", "fbp"],
  ["country", "country"],
  ["db", "birthdate"],
  ["fn", "first_name"],
  ["ln", "last_name"],
  ["ct", "city"],
  ["st", "state"],
  ["zp", "zip_code"],
];

const oneDecimal = (value: number): number => Math.round(value * 10) / 10;

function coverage(sums: QualitySums, key: IdentityKey): number {
  return sums.server === 0 ? 0 : (sums.identity[IDENTITY_KEYS.indexOf(key)] ?? 0) / sums.server;
}

/** `event_match_quality` for the server events of a period; never called for none. */
function matchQuality(sums: QualitySums): Record<string, unknown> {
  const weighed = Object.entries(WEIGHTS).reduce(
    (sum, [key, weight]) => sum + weight * coverage(sums, key as IdentityKey),
    0,
  );
  return {
    composite_score: Math.min(10, oneDecimal((10 * weighed) / FULL_WEIGHT)),
    match_key_feedback: IDENTIFIERS.flatMap(([key, identifier]) => {
      const share = coverage(sums, key);
      if (share === 0 && !["em", "ph", "fbc"].includes(key)) return [];
      return [
        {
          identifier,
          coverage: { percentage: oneDecimal(share * 100) },
          ...(share > 0.95
            ? {}
            : { potential_aly_acr_increase: increase((1 - share) * (WEIGHTS[key] ?? 1)) }),
        },
      ];
    }),
    diagnostics: diagnostics(sums),
  };
}

function increase(points: number): Record<string, unknown> {
  return { percentage: oneDecimal(points), description: "Estimated gain in additional conversions reported" };
}

/** The keys whose absence is reported; the wording is the sandbox's own. */
const DIAGNOSED: readonly (readonly [IdentityKey, name: string, solution: string])[] = [
  ["client_user_agent", "Server events miss the user agent", "Send client_user_agent with website events"],
  ["client_ip_address", "Server events miss the IP address", "Send client_ip_address with website events"],
];

const diagnostics = (sums: QualitySums): Record<string, unknown>[] =>
  DIAGNOSED.map(([key, name, solution]) => {
    const affected = sums.server - (sums.identity[IDENTITY_KEYS.indexOf(key)] ?? 0);
    return {
      name,
      description: `Server events arrive without ${key}`,
      solution,
      percentage: oneDecimal((100 * affected) / sums.server),
      affected_event_count: affected,
      total_event_count: sums.server,
    };
  }).filter((diagnostic) => diagnostic.affected_event_count > 0);

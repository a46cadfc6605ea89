import { IDENTITY_KEYS, type IdentityKey } from "../receive/customer-information.ts";
import type { QualitySums } from "./quality-tally.ts";

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
export function matchQuality(sums: QualitySums): Record<string, unknown> {
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

function diagnostics(sums: QualitySums): Record<string, unknown>[] {
  const missing = (key: IdentityKey, name: string, solution: string): Record<string, unknown>[] => {
    const affected = sums.server - (sums.identity[IDENTITY_KEYS.indexOf(key)] ?? 0);
    if (affected === 0) return [];
    return [
      {
        name,
        description: `Server events arrive without ${key}`,
        solution,
        percentage: oneDecimal((100 * affected) / sums.server),
        affected_event_count: affected,
        total_event_count: sums.server,
      },
    ];
  };
  return [
    ...missing(
      "client_user_agent",
      "Server events miss the user agent",
      "Send client_user_agent with website events",
    ),
    ...missing(
      "client_ip_address",
      "Server events miss the IP address",
      "Send client_ip_address with website events",
    ),
  ];
}

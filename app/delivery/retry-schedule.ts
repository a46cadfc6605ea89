/**
 * When a failed delivery comes up again. Ten attempts within 33 hours: well inside the 48 hours in which Meta
 * recognises a repeat by its event ID. Pure: randomness is passed in.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Waits after the first, second, … failure, in milliseconds: 27.7 hours in all, 33.3 with the jitter's largest. */
export const RETRY_WAITS: readonly number[] = [
  0.5 * MINUTE,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  12 * HOUR,
];

/** Each wait is stretched or shortened by up to this share, so that what failed together does not return together. */
const JITTER = 0.2;

/** A `Retry-After` is obeyed up to this; a longer one is a mistake we do not let stop us for a day. */
const LONGEST_RETRY_AFTER = HOUR;

export interface RetryInput {
  /** Failures so far, this one included: 1, 2, … */
  readonly failures: number;
  /** Meta's `Retry-After`, milliseconds. */
  readonly retryAfterMs: number | null;
  /** Unix milliseconds. */
  readonly now: number;
  /** [0, 1) */
  readonly random: number;
}

export type RetryDecision = { readonly kind: "retry"; readonly at: number } | { readonly kind: "exhausted" };

export function nextRetry({ failures, retryAfterMs, now, random }: RetryInput): RetryDecision {
  const wait = RETRY_WAITS[failures - 1];
  if (wait === undefined) return { kind: "exhausted" };
  const jittered = wait * (1 - JITTER + 2 * JITTER * random);
  const asked = Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER);
  return { kind: "retry", at: Math.round(now + Math.max(jittered, asked)) };
}

/** First pause of a throttled dataset, and its longest; doubled for every throttle in a row. */
const THROTTLE_WAIT = 30_000;
const LONGEST_THROTTLE = HOUR;

/**
 * Until when a throttled dataset rests.
 * @param throttles throttles in a row, this one included
 */
export function throttleUntil(input: {
  readonly throttles: number;
  readonly retryAfterMs: number | null;
  readonly now: number;
  readonly random: number;
}): number {
  const wait = Math.min(THROTTLE_WAIT * 2 ** (input.throttles - 1), LONGEST_THROTTLE);
  const jittered = wait * (1 + JITTER * input.random);
  const asked = Math.min(input.retryAfterMs ?? 0, LONGEST_RETRY_AFTER);
  return Math.round(input.now + Math.max(jittered, asked));
}

/** Waits between probes of a held dataset: gentle, never more than an hour. */
const PROBE_WAITS: readonly number[] = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR];

/** @param probes probes so far since the dataset was held */
export function nextProbe(probes: number, now: number, random: number): number {
  const wait = PROBE_WAITS[Math.min(probes, PROBE_WAITS.length - 1)] ?? HOUR;
  return Math.round(now + wait * (1 + JITTER * random));
}

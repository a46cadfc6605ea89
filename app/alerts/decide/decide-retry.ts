const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** After so long a message is given up. Milliseconds from when it was decided on. */
export const GIVE_UP_MS = 24 * HOUR;

/** Waits after the first, second, … failure; the last one again and again. Milliseconds. */
const WAITS: readonly number[] = [MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR];

/** Each wait is stretched by up to this share, so that what failed together does not come back together. */
const JITTER = 0.2;

export type AlertRetry = { readonly kind: "retry"; readonly at: number } | { readonly kind: "dead" };

/** When a message that failed is tried again. The last try is when its day is over. Pure. */
export function decideRetry(input: {
  /** Attempts so far, this one included: 1, 2, … */
  readonly attempts: number;
  /** Unix milliseconds. */
  readonly createdAt: number;
  readonly now: number;
  /** [0, 1) */
  readonly random: number;
}): AlertRetry {
  const end = input.createdAt + GIVE_UP_MS;
  if (input.now >= end) return { kind: "dead" };
  const wait = WAITS[Math.min(input.attempts, WAITS.length) - 1] ?? 2 * HOUR;
  return { kind: "retry", at: Math.min(end, Math.round(input.now + wait * (1 + JITTER * input.random))) };
}

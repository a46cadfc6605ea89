/**
 * A circuit breaker as data: given what it was and what happened, what it is. Opens when, within a window and with
 * enough requests to tell, too large a share failed; then lets a single probe through, and closes when that succeeds.
 * Only failures that say "nobody is at home" count (timeouts, resets, 5xx, nonsense); an error code is an answer.
 */
export interface Breaker {
  readonly state: "closed" | "open" | "half_open";
  /** Unix milliseconds, as all times here. */
  readonly windowStart: number;
  readonly successes: number;
  readonly failures: number;
  readonly openedAt: number | null;
  /** open: when a probe may go. half_open: when the probe counts as lost and another may go. */
  readonly retryAt: number | null;
  /** Openings in a row: each rest is twice as long as the one before. */
  readonly trips: number;
}

export interface BreakerRule {
  readonly windowMs: number;
  /** Requests in the window below which nothing is concluded. */
  readonly minimum: number;
  /** Share of failures, 0..1, from which it opens. */
  readonly threshold: number;
  readonly restMs: number;
  readonly longestRestMs: number;
  /** How long a probe may take before another one goes. */
  readonly probeMs: number;
}

export const META_BREAKER: BreakerRule = {
  windowMs: 60_000,
  minimum: 10,
  threshold: 0.6,
  restMs: 5_000,
  longestRestMs: 120_000,
  probeMs: 30_000,
};

export const DATASET_BREAKER: BreakerRule = {
  windowMs: 120_000,
  minimum: 5,
  threshold: 0.6,
  restMs: 10_000,
  longestRestMs: 300_000,
  probeMs: 30_000,
};

export function newBreaker(now: number): Breaker {
  return {
    state: "closed",
    windowStart: now,
    successes: 0,
    failures: 0,
    openedAt: null,
    retryAt: null,
    trips: 0,
  };
}

export interface Observation {
  readonly successes: number;
  readonly failures: number;
}

/** @param random [0, 1): stretches the rest by up to a fifth, so that breakers do not probe in step */
export function observe(
  breaker: Breaker,
  seen: Observation,
  rule: BreakerRule,
  now: number,
  random: number,
): Breaker {
  if (breaker.state === "half_open") {
    if (seen.failures > 0) return open(breaker, rule, now, random);
    return seen.successes > 0 ? { ...newBreaker(now), trips: breaker.trips } : breaker;
  }
  // Answers to requests that left before it opened tell nothing new.
  if (breaker.state === "open") return breaker;

  const isOver = now - breaker.windowStart >= rule.windowMs || now < breaker.windowStart;
  const quiet = isOver && breaker.failures === 0;
  const base = isOver ? { ...newBreaker(now), trips: quiet ? 0 : breaker.trips } : breaker;
  const counted = {
    ...base,
    successes: base.successes + seen.successes,
    failures: base.failures + seen.failures,
  };
  const total = counted.successes + counted.failures;
  const trips = total >= rule.minimum && counted.failures / total >= rule.threshold;
  return trips ? open(counted, rule, now, random) : counted;
}

/** Takes the right to probe; the others keep waiting until it is lost. */
export function beginProbe(breaker: Breaker, rule: BreakerRule, now: number): Breaker {
  return { ...breaker, state: "half_open", retryAt: now + rule.probeMs };
}

/** Whether a probe may go now. */
export function mayProbe(breaker: Breaker, now: number): boolean {
  return breaker.state !== "closed" && breaker.retryAt !== null && breaker.retryAt <= now;
}

function open(breaker: Breaker, rule: BreakerRule, now: number, random: number): Breaker {
  const rest = Math.min(rule.restMs * 2 ** breaker.trips, rule.longestRestMs);
  return {
    ...breaker,
    state: "open",
    openedAt: breaker.openedAt ?? now,
    retryAt: Math.round(now + rest * (1 + 0.2 * random)),
    trips: breaker.trips + 1,
  };
}

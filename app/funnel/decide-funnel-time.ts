import { MAX_EVENT_AGE } from "../conversions/decide-event-time.ts";

/** A buyer's clock that differs by more is put right; below it is the way of the request. Milliseconds. */
const CLOCK_TOLERANCE = 60_000;
/** Kept in hand for gathering, retries and Meta's own clock. Milliseconds. */
const AGE_MARGIN = 3_600_000;

export type FunnelTime =
  /** Unix milliseconds, never after now. */
  | { readonly kind: "at"; readonly at: number }
  | { readonly kind: "too_old" }
  /** Later than the request that tells of it. */
  | { readonly kind: "future" };

/**
 * When an event happened, for the server copy. The buyer's clock is believed where it agrees with ours within a minute; else
 * the event is moved by as much as the request was wrong about when it left. All Unix milliseconds.
 *
 * @param time of the event, by the buyer's clock
 * @param sentAt when the request left, by the same clock
 */
export function decideFunnelTime(time: number, sentAt: number, now: number): FunnelTime {
  const ahead = sentAt - now;
  const at = Math.abs(ahead) > CLOCK_TOLERANCE ? time - ahead : time;
  if (at > now + CLOCK_TOLERANCE) return { kind: "future" };
  return at < oldestTaken(now) ? { kind: "too_old" } : { kind: "at", at: Math.min(at, now) };
}

/** Meta refuses an event that is older, and with it the whole request. Unix milliseconds. */
export function oldestTaken(now: number): number {
  return now - MAX_EVENT_AGE.website * 1000 + AGE_MARGIN;
}

const FIRST_MS = 500;
const LONGEST_MS = 10_000;

/**
 * How long to wait before the next attempt to connect, in milliseconds: doubled with each failure up to ten seconds, and
 * between half of that and all of it, so that many processes do not come back in the same moment.
 *
 * @param failures attempts that failed one after the other, 0 when a connection that worked has just broken
 * @param chance between 0 (inclusive) and 1 (exclusive)
 */
export function reconnectDelayMs(failures: number, chance: number): number {
  const longest = Math.min(FIRST_MS * 2 ** Math.min(Math.max(failures, 0), 20), LONGEST_MS);
  return Math.round(longest * (0.5 + chance / 2));
}

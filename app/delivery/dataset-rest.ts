/**
 * The rest of a dataset whose requests fail in a way that passes (timeouts, resets, 5xx, nonsense). The first failures
 * are left to each event's own schedule: most are over at once. From the third in a row on the dataset rests, and after
 * each rest a single event tries, which costs it no attempt. The first success ends it.
 */

/** Failures in a row from which a dataset rests. */
export const RESTS_FROM = 3;
const FIRST_REST = 2_000;
/** So that a dataset that works again is served within a minute or so. */
const LONGEST_REST = 60_000;

/**
 * Until when a dataset rests, unix milliseconds; null = not at all.
 *
 * @param failures failures in a row, the latest included
 * @param random [0, 1): stretches the rest by up to a fifth
 */
export function restUntil(failures: number, now: number, random: number): number | null {
  if (failures < RESTS_FROM) return null;
  const rest = Math.min(FIRST_REST * 2 ** (failures - RESTS_FROM), LONGEST_REST);
  return Math.round(now + rest * (1 + 0.2 * random));
}

/** Names of the dates that `npm run test:dates` tries, in its order. */
export const TEST_DATES = ["year-ahead", "month-end", "year-end"] as const;

/** Half a minute before midnight UTC, so that the day changes while tests run. */
const BEFORE_MIDNIGHT = [23, 59, 30] as const;

/**
 * The instants for a run of the suite that begins at `now` (all in ms since 1970, calendar days in UTC): the same day and
 * time a year ahead, the end of the next February (the shortest month: what adds months or days without care goes wrong
 * here), and the next 31 December. Each lies in the future.
 */
export function datesToTest(now: number): Record<(typeof TEST_DATES)[number], number> {
  const year = new Date(now).getUTCFullYear();
  const february = (of: number) => Date.UTC(of, 2, 0, ...BEFORE_MIDNIGHT);
  const december = (of: number) => Date.UTC(of, 11, 31, ...BEFORE_MIDNIGHT);
  const yearAhead = new Date(now);
  yearAhead.setUTCFullYear(year + 1);
  return {
    "year-ahead": yearAhead.getTime(),
    "month-end": february(year) > now ? february(year) : february(year + 1),
    "year-end": december(year) > now ? december(year) : december(year + 1),
  };
}

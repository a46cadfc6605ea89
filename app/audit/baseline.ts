import type { AuditedDay } from "./facts/audit-facts.ts";

/** A part of something counted by day, such as paired orders of decided ones. */
export interface Counted {
  readonly part: number;
  readonly all: number;
}

/** How the last days compare with a store's own usual days. */
export interface Comparison {
  /** Share of the newest window, 0 to 1. */
  readonly recent: number;
  /** Median of the windows before. */
  readonly usual: number;
  /** How many spreads the newest window lies below the usual (negative: above). */
  readonly deviations: number;
  /** How likely so few would be, or fewer, if nothing had changed. */
  readonly chance: number;
  /** Of the newest window. */
  readonly from: string;
  readonly counted: Counted;
}

/** Of fewer a share says nothing. */
const FEWEST = 30;
/** The longest window: of a store that sells less, nothing is compared. */
const LONGEST_DAYS = 7;
/** Windows before the newest one that a median needs. */
const FEWEST_WINDOWS = 4;
const MOST_WINDOWS = 12;
/** Makes the median of absolute deviations comparable with a standard deviation. */
const TO_DEVIATION = 1.4826;

/**
 * Compares the newest days with the same weekdays before. The window is the shortest that has 30 cases: yesterday alone in a
 * large store, up to a week in a small one; today, which is not over, is left out. A window of one day is compared with the
 * same weekday of the weeks before, a longer one with the windows of as many days that begin a whole number of weeks earlier,
 * so that Mondays are compared with Mondays. Median and spread (median absolute deviation), so that one odd day moves neither.
 *
 * @param days oldest first, today last
 * @returns undefined where there is too little to compare
 */
export function compareWithUsual(
  days: readonly AuditedDay[],
  count: (day: AuditedDay) => Counted,
): Comparison | undefined {
  const past = days.slice(0, -1);
  for (let length = 1; length <= LONGEST_DAYS; length += 1) {
    const windows = windowsOf(past, length, count);
    const [newest, ...before] = windows;
    if (newest === undefined || newest.counted.all < FEWEST) continue;
    const enough = before.filter(({ counted }) => counted.all >= FEWEST);
    if (enough.length < FEWEST_WINDOWS) continue;
    const shares = enough.map(({ counted }) => shareOf(counted));
    const usual = median(shares);
    const recent = shareOf(newest.counted);
    // What chance alone makes of a share of so few cases: the spread is never smaller.
    const least = Math.sqrt(Math.max(usual * (1 - usual), 0.01) / newest.counted.all);
    const spread = Math.max(median(shares.map((share) => Math.abs(share - usual))) * TO_DEVIATION, least);
    // A median of small windows lies beside what they are together, often at 100 %.
    const share = Math.min(usual, shareOf(addCounts(enough.map(({ counted }) => counted))));
    return {
      recent,
      usual,
      deviations: (usual - recent) / spread,
      chance: chanceOfAtMost(newest.counted, share),
      from: newest.from,
      counted: newest.counted,
    };
  }
  return undefined;
}

/** The newest window, then those a whole number of weeks before it. */
function windowsOf(days: readonly AuditedDay[], length: number, count: (day: AuditedDay) => Counted) {
  return Array.from({ length: MOST_WINDOWS + 1 }, (_, weeks) => {
    const end = days.length - weeks * 7;
    const window = days.slice(Math.max(0, end - length), Math.max(0, end));
    return window.length === length
      ? [{ from: window[0]?.day ?? "", counted: addCounts(window.map(count)) }]
      : [];
  }).flat();
}

function addCounts(counts: readonly Counted[]): Counted {
  return {
    part: counts.reduce((sum, { part }) => sum + part, 0),
    all: counts.reduce((sum, { all }) => sum + all, 0),
  };
}

const shareOf = ({ part, all }: Counted): number => (all === 0 ? 0 : part / all);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1] ?? 0, sorted[middle] ?? 0];
  return (low + high) / 2;
}

/** One in ten thousand: a dozen comparisons a day find something by chance once in a few years. */
const BY_CHANCE = 0.0001;

/** The chance that at most `part` of `all` cases are so, each of which is with this chance (binomial distribution). */
export function chanceOfAtMost({ part, all }: Counted, share: number): number {
  if (share <= 0 || part >= all) return 1;
  if (share >= 1) return 0;
  let logarithm = all * Math.log1p(-share);
  let sum = Math.exp(logarithm);
  for (let count = 1; count <= part; count += 1) {
    logarithm += Math.log((all - count + 1) / count) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(logarithm);
  }
  return Math.min(1, sum);
}

/**
 * Whether the newest days fell out of the usual: by at least `drop`, by more than three spreads, and by more than chance makes
 * of so few cases. A finding that stands closes only when the share is back within half of that.
 *
 * @param drop in parts of 1, such as 0.1 for ten percentage points
 */
export function hasFallen(
  { recent, usual, deviations, chance }: Comparison,
  drop: number,
  isOpen: boolean,
): boolean {
  if (isOpen) return usual - recent >= drop / 2 && deviations > 1.5;
  return usual - recent >= drop && deviations > 3 && chance < BY_CHANCE;
}

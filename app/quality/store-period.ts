/** The stretches of time that Home offers. */
export const PERIODS = [7, 30, 90] as const;
export type PeriodDays = (typeof PERIODS)[number];

export interface StorePeriod {
  readonly days: PeriodDays;
  /** YYYY-MM-DD, the store's calendar, first and last day included; the last is today. */
  readonly from: string;
  readonly to: string;
  /** Every day of it, oldest first. */
  readonly all: readonly string[];
}

/** The last `days` calendar days of a store, today included. */
export function storePeriod(days: PeriodDays, timeZone: string, now: number): StorePeriod {
  const to = dayIn(timeZone, now);
  const end = Date.parse(`${to}T00:00:00Z`);
  const all = Array.from({ length: days }, (_, index) => isoDay(end - (days - 1 - index) * DAY_MS));
  return { days, from: all[0] ?? to, to, all };
}

/** What the address asks for; anything else is 30 days. */
export function readPeriod(asked: string | null): PeriodDays {
  return PERIODS.find((days) => String(days) === asked) ?? 30;
}

/** The calendar day in a time zone, YYYY-MM-DD. A zone that this process does not know counts as UTC. */
export function dayIn(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: knownTimeZone(timeZone),
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(at);
}

export function knownTimeZone(timeZone: string): string {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return timeZone;
  } catch {
    return "UTC";
  }
}

const DAY_MS = 86_400_000;

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The stretches of time that the overview offers, in days up to today. */
export const PERIODS = [7, 30, 90] as const;
export type PeriodDays = (typeof PERIODS)[number];

/** What the address asks for: the last days, a calendar month, or days of one's own. */
export type PeriodChoice =
  | { readonly kind: "days"; readonly days: PeriodDays }
  /** @example "2026-10" */
  | { readonly kind: "month"; readonly month: string }
  | { readonly kind: "range"; readonly from: string; readonly to: string };

export interface Days {
  /** YYYY-MM-DD, the store's calendar, first and last day included. */
  readonly from: string;
  readonly to: string;
  /** Every day of it, oldest first. */
  readonly all: readonly string[];
}

export interface StorePeriod extends Days {
  readonly choice: PeriodChoice;
  /** As many days, right before. */
  readonly before: Days;
}

/** The longest stretch of days of one's own: a year and the day that makes it comparable. */
const LONGEST_RANGE = 366;
/** Months that the overview offers, this one included. */
const MONTHS_OFFERED = 12;

const DAY_MS = 86_400_000;

/** The days that are asked for, as far as they are not in the future. */
export function storePeriod(choice: PeriodChoice, timeZone: string, now: number): StorePeriod {
  const today = dayIn(timeZone, now);
  const { from, to } = boundsOf(choice, today);
  const count = (at(to) - at(from)) / DAY_MS + 1;
  return { choice, ...daysBetween(from, to), before: daysBetween(shift(from, -count), shift(from, -1)) };
}

function boundsOf(choice: PeriodChoice, today: string): { readonly from: string; readonly to: string } {
  switch (choice.kind) {
    case "days":
      return { from: shift(today, 1 - choice.days), to: today };
    case "month": {
      const from = `${choice.month}-01`;
      return from > today ? { from: today, to: today } : { from, to: earlier(lastOfMonth(from), today) };
    }
    case "range": {
      const to = earlier(choice.to, today);
      const from = earlier(choice.from, to);
      const earliest = shift(to, 1 - LONGEST_RANGE);
      return { from: from < earliest ? earliest : from, to };
    }
  }
}

/** What the address asks for; anything that is no period is 30 days. Two days in the wrong order are turned round. */
export function readPeriod(query: URLSearchParams): PeriodChoice {
  const [from, to] = [query.get("from"), query.get("to")].map(readDay);
  if (from && to) return from <= to ? { kind: "range", from, to } : { kind: "range", from: to, to: from };
  const month = query.get("month");
  if (month !== null && readDay(`${month}-01`) !== null) return { kind: "month", month };
  return { kind: "days", days: PERIODS.find((days) => String(days) === query.get("days")) ?? 30 };
}

/** The calendar months up to today, newest first, as YYYY-MM. */
export function monthsUpTo(today: string): readonly string[] {
  const [year, month] = today.split("-").map(Number);
  return Array.from({ length: MONTHS_OFFERED }, (_, index) =>
    isoDay(Date.UTC(year ?? 1970, (month ?? 1) - 1 - index, 1)).slice(0, 7),
  );
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

/** The day so many days later (or before, where negative). */
export function shift(day: string, days: number): string {
  return isoDay(at(day) + days * DAY_MS);
}

function daysBetween(from: string, to: string): Days {
  const count = (at(to) - at(from)) / DAY_MS + 1;
  return { from, to, all: Array.from({ length: count }, (_, index) => shift(from, index)) };
}

/** Of this century: the database knows no year 0. 31 February is no day. */
function readDay(asked: string | null): string | null {
  if (asked === null || !/^20\d{2}-\d{2}-\d{2}$/.test(asked)) return null;
  const time = Date.parse(asked);
  return !Number.isNaN(time) && isoDay(time) === asked ? asked : null;
}

function lastOfMonth(first: string): string {
  const [year, month] = first.split("-").map(Number);
  return isoDay(Date.UTC(year ?? 1970, month ?? 1, 0));
}

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const earlier = (a: string, b: string): string => (a < b ? a : b);

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

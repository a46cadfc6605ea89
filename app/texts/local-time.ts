import { conventions } from "./conventions.ts";

/**
 * Calendar and clock of a time zone from data instead of from the reader's platform, which may know the zone's rules in
 * another version or write them in another way.
 */

/** From `at` (unix milliseconds) on, the zone is `minutes` ahead of UTC; oldest first. None at all is UTC. */
export type ZoneOffsets = readonly (readonly [at: number, minutes: number])[];

export interface LocalTime {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** What calendar and clock show at `at` (unix milliseconds). Times before the first offset go by the first. */
export function localTime(offsets: ZoneOffsets, at: number): LocalTime {
  const current = offsets.findLast(([from]) => from <= at) ?? offsets[0];
  const shifted = new Date(at + (current?.[1] ?? 0) * 60_000);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  };
}

/** "Mar 8" */
export function writeDay({ month, day }: Pick<LocalTime, "month" | "day">): string {
  const { day: pattern, months } = conventions();
  return fill(pattern, { d: day, month: months[month - 1] ?? "" });
}

/** "Mar 8, 2026" */
export function writeDate({ month, day, year }: Pick<LocalTime, "month" | "day" | "year">): string {
  const { date: pattern, months } = conventions();
  return fill(pattern, { d: day, month: months[month - 1] ?? "", y: year });
}

/** "1:30 AM", or "1:30:05 AM" with seconds; kept on one line. */
export function writeClock({ hour, minute, second }: LocalTime, withSeconds = false): string {
  const { clock } = conventions();
  const shown = clock === "h12" ? hour % 12 || 12 : clock === "hh" ? two(hour) : hour;
  const digits = [shown, two(minute), ...(withSeconds ? [two(second)] : [])].join(":");
  return clock === "h12" ? `${digits}\u00a0${hour < 12 ? "AM" : "PM"}` : digits;
}

/** "Mar 8, 2026, 1:30 AM" */
export function writeDateTime(time: LocalTime, withSeconds = false): string {
  return `${writeDate(time)}${conventions().dateTime}${writeClock(time, withSeconds)}`;
}

/** "Mar 8, 1:30 AM" */
export function writeDayTime(time: LocalTime): string {
  return `${writeDay(time)}${conventions().dateTime}${writeClock(time)}`;
}

function fill(pattern: string, parts: Readonly<Record<string, string | number>>): string {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => String(parts[name] ?? ""));
}

/** "2026-03-08 01:30:05", which spreadsheets read as a time. */
export function writeTimestamp({ year, month, day, hour, minute, second }: LocalTime): string {
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

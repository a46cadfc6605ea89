import type { ZoneOffsets } from "../texts/local-time.ts";

const DAY_MS = 86_400_000;
/** No zone has had two changes within fewer days than this; the shortest stay is Morocco's month of Ramadan. */
const STEP_MS = 7 * DAY_MS;
const FIRST_YEAR = 2015;
/** A page may stay open for long, and what is planned lies ahead. */
const YEARS_AHEAD = 3;

const known = new Map<string, ZoneOffsets>();

/**
 * When a zone's clocks change, from 2015 to the end of the third year from now: the server knows it, and every page gets
 * it as data. About two entries a year; of a zone without changes one.
 *
 * @param timeZone IANA name that this process knows
 * @param now unix milliseconds
 */
export function zoneOffsets(timeZone: string, now: number): ZoneOffsets {
  const until = Date.UTC(new Date(now).getUTCFullYear() + YEARS_AHEAD + 1, 0, 1);
  const key = `${timeZone} ${until}`;
  const found = known.get(key) ?? findOffsets(timeZone, until);
  known.set(key, found);
  return found;
}

function findOffsets(timeZone: string, until: number): ZoneOffsets {
  const offsetAt = offsetReader(timeZone);
  const first = Date.UTC(FIRST_YEAR, 0, 1);
  const offsets: [number, number][] = [[first, offsetAt(first)]];
  for (let at = first; at < until; at += STEP_MS) {
    const before = offsetAt(at);
    const after = offsetAt(at + STEP_MS);
    if (before !== after) offsets.push([changeBetween(offsetAt, at, at + STEP_MS), after]);
  }
  return offsets;
}

/** The first whole minute with the later offset. */
function changeBetween(offsetAt: (at: number) => number, from: number, to: number): number {
  const later = offsetAt(to);
  let [low, high] = [from / 60_000, to / 60_000];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * 60_000) === later) high = middle;
    else low = middle;
  }
  return high * 60_000;
}

function offsetReader(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const shown = Date.UTC(
      part("year"),
      part("month") - 1,
      part("day"),
      part("hour"),
      part("minute"),
      part("second"),
    );
    return Math.round((shown - at) / 60_000);
  };
}

import { localTime, type ZoneOffsets } from "../../texts/local-time.ts";
import type { QuietHours } from "../channels/channel.ts";

/**
 * Whether it is quiet, by what the store's clock shows. On the day when clocks go forward a time that does not exist is
 * passed over; when they go back, what is shown twice is quiet twice.
 *
 * @param now unix milliseconds
 */
export function isQuiet(quiet: QuietHours, offsets: ZoneOffsets, now: number): boolean {
  const { hour, minute } = localTime(offsets, now);
  const shown = hour * 60 + minute;
  const { from, until } = quiet;
  return from < until ? shown >= from && shown < until : shown >= from || shown < until;
}

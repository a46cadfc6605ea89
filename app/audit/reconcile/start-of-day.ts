import type { ZoneOffsets } from "../../texts/local-time.ts";

/**
 * The first moment of a calendar day, unix milliseconds. Where the clocks skip midnight, the moment at which they do.
 * @param day YYYY-MM-DD
 */
export function startOfDay(day: string, offsets: ZoneOffsets): number {
  const asUtc = Date.parse(`${day}T00:00:00Z`);
  const minutesAt = (at: number) => (offsets.findLast(([from]) => from <= at) ?? offsets[0])?.[1] ?? 0;
  const guess = asUtc - minutesAt(asUtc) * 60_000;
  return asUtc - minutesAt(guess) * 60_000;
}

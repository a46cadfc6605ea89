import { writeClock } from "../../texts/local-time.ts";

/** @param minutes of a day, 0 to 1,439 */
export function clockOf(minutes: number): string {
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
  return writeClock({ year: 2000, month: 1, day: 1, hour, minute, second: 0 });
}

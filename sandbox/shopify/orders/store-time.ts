/** Formats for a store's wall clock. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(timezone: string): Intl.DateTimeFormat {
  const known = formatters.get(timezone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "longOffset",
  });
  formatters.set(timezone, made);
  return made;
}

/**
 * Unix milliseconds as Shopify's webhooks write time: the store's wall clock, whole seconds, with the offset, such as
 * 2025-10-23T23:52:58-07:00.
 */
export function storeTime(milliseconds: number, timezone: string): string {
  const parts = new Map(
    formatterFor(timezone)
      .formatToParts(milliseconds)
      .map((part) => [part.type, part.value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? "";
  const offset = part("timeZoneName").replace("GMT", "") || "+00:00";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:${part("second")}${offset}`;
}

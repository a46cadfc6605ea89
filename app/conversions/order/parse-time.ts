/** ISO 8601 with its offset, as Shopify writes it: "2025-10-23T23:52:57-07:00" or "…Z". */
const TIME = /^\d{4}-(?:0[1-9]|1[0-2])-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Unix milliseconds of an ISO 8601 time; undefined for anything else. A time without offset is refused: reading it
 * would depend on the time zone of the machine.
 */
export function parseTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  if (!TIME.test(trimmed)) return undefined;
  const milliseconds = Date.parse(trimmed);
  return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : undefined;
}

/** Meta counts in whole seconds; rounding down never moves a time into the future. */
export function toUnixSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** One copy of a purchase, as far as both sides have it. */
export interface CopyView {
  readonly eventId: string;
  /** Unix seconds. */
  readonly eventTime: number | null;
  readonly value: number | null;
  readonly currency: string | null;
  /** "2 × 632910392 at 19.18"; null when the copy names none. */
  readonly contents: readonly string[] | null;
  /** Names of customer information keys; null when it is not known which went along. */
  readonly keys: readonly string[] | null;
}

export type ComparedField = "event_id" | "event_time" | "value" | "currency" | "contents" | "user_data";

export interface ComparedRow {
  readonly field: ComparedField;
  /** What is shown; null = this copy does not carry it, or was not sent. */
  readonly browser: string | null;
  readonly server: string | null;
  /** Whether the two disagree in a way that matters to Meta; null when one of them is not there. */
  readonly differs: boolean | null;
}

/** Copies whose times are further apart than this look odd to Meta. Seconds. */
const SAME_TIME_S = 5 * 60;

/**
 * Both copies field by field. The event ID, the value, the currency and the contents must be equal; times may be a few
 * minutes apart; customer information is meant to differ, because each side knows what the other cannot.
 *
 * @param showTime writes unix seconds as the store reads them
 */
export function compareCopies(
  browser: CopyView | null,
  server: CopyView | null,
  showTime: (unixSeconds: number) => string,
): readonly ComparedRow[] {
  const both = browser !== null && server !== null;
  const row = (
    field: ComparedField,
    show: (copy: CopyView) => string | null,
    differs: (one: CopyView, other: CopyView) => boolean,
  ): ComparedRow => ({
    field,
    browser: browser && show(browser),
    server: server && show(server),
    differs: both ? differs(browser, server) : null,
  });
  return [
    row(
      "event_id",
      (copy) => copy.eventId,
      (one, other) => one.eventId !== other.eventId,
    ),
    row(
      "event_time",
      (copy) => (copy.eventTime === null ? null : showTime(copy.eventTime)),
      (one, other) =>
        one.eventTime !== null &&
        other.eventTime !== null &&
        Math.abs(one.eventTime - other.eventTime) > SAME_TIME_S,
    ),
    row(
      "value",
      (copy) => (copy.value === null ? null : String(copy.value)),
      (one, other) => one.value !== other.value,
    ),
    row(
      "currency",
      (copy) => copy.currency,
      (one, other) => one.currency !== other.currency,
    ),
    row(
      "contents",
      (copy) => copy.contents && copy.contents.join("; "),
      (one, other) => [...(one.contents ?? [])].sort().join() !== [...(other.contents ?? [])].sort().join(),
    ),
    row(
      "user_data",
      (copy) => copy.keys && copy.keys.join(", "),
      () => false,
    ),
  ];
}

/** The server's copy, from the event as it was sent (or as it is stored). */
export function readServerCopy(payload: unknown): CopyView | null {
  const event = record(payload);
  const data = record(event?.["custom_data"]);
  if (!event || typeof event["event_id"] !== "string") return null;
  return {
    eventId: event["event_id"],
    eventTime: numberOf(event["event_time"]),
    value: numberOf(data?.["value"]),
    currency: textOf(data?.["currency"]),
    contents: contentsOf(data?.["contents"]),
    keys: Object.keys(record(event["user_data"]) ?? {}).sort(),
  };
}

/** The browser's copy, from what it was told to send. */
export function readBrowserCopy(copy: unknown, keys: readonly string[]): CopyView | null {
  const told = record(copy);
  if (!told || typeof told["eventId"] !== "string") return null;
  return {
    eventId: told["eventId"],
    eventTime: numberOf(told["eventTime"]),
    value: numberOf(told["value"]),
    currency: textOf(told["currency"]),
    contents: contentsOf(told["contents"]),
    keys: [...keys],
  };
}

function contentsOf(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.map((each) => {
    const item = record(each) ?? {};
    const price = numberOf(item["item_price"]);
    return `${String(item["quantity"] ?? 1)} × ${String(item["id"])}${price === null ? "" : ` at ${price}`}`;
  });
}

const numberOf = (value: unknown): number | null => (typeof value === "number" ? value : null);
const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}

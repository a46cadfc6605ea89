import type { Text } from "../texts/texts.ts";
import { writeClauses } from "../texts/conventions.ts";
import "../texts/areas/verdicts.ts";

/** How the compared values are written. */
export interface CopyFormat {
  time(unixSeconds: number): string;
  money(amount: number, currency: string | null): string;
  number(value: number): string;
  say(text: Text): string;
}

export interface ContentLine {
  readonly id: string;
  readonly quantity: number;
  /** Null: the copy names none. */
  readonly price: number | null;
}

/** One copy of a purchase, as far as both sides have it. */
export interface CopyView {
  readonly eventId: string;
  /** Unix seconds. */
  readonly eventTime: number | null;
  readonly value: number | null;
  readonly currency: string | null;
  /** Null when the copy names none. */
  readonly contents: readonly ContentLine[] | null;
  /** How many lines of contents were left out of the browser's hit to keep it short; absent = none. */
  readonly shortened?: number;
  /** Meta's name for a new or a returning customer; null when the copy does not tell. */
  readonly segmentation: string | null;
  /** Names of customer information keys; null when it is not known which went along. */
  readonly keys: readonly string[] | null;
}

export type ComparedField =
  "event_id" | "event_time" | "value" | "currency" | "contents" | "customer_segmentation" | "user_data";

export interface ComparedRow {
  readonly field: ComparedField;
  /** What is shown; null = this copy does not carry it, or was not sent. */
  readonly browser: string | null;
  readonly server: string | null;
  /** Whether the two disagree in a way that matters to Meta; null when one of them is not there. */
  readonly differs: boolean | null;
  /** The browser's copy was shortened on purpose: it holds a part of the server's, which is no difference. */
  readonly shortened?: boolean;
}

/** Copies whose times are further apart than this look odd to Meta. Seconds. */
const SAME_TIME_S = 5 * 60;

/**
 * What two sent copies differ in, in whatever Meta does not go by when it looks for a twin: their values (written), or
 * anything else. Null: nothing.
 */
export function differingFigures(
  browser: CopyView | null,
  server: CopyView | null,
  format: CopyFormat,
): { readonly browserValue: string; readonly serverValue: string } | "other" | null {
  const rows = compareCopies(browser, server, format).filter((row) => row.differs);
  if (rows.length === 0 || !browser || !server) return null;
  if (!rows.some(({ field }) => field === "value" || field === "currency")) return "other";
  const written = ({ value, currency }: CopyView) => (value === null ? "–" : format.money(value, currency));
  return { browserValue: written(browser), serverValue: written(server) };
}

/**
 * Both copies field by field. The event ID, the value, the currency and the contents must be equal; times may be a few
 * minutes apart; customer information is meant to differ, because each side knows what the other cannot.
 */
export function compareCopies(
  browser: CopyView | null,
  server: CopyView | null,
  format: CopyFormat,
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
      (copy) => (copy.eventTime === null ? null : format.time(copy.eventTime)),
      (one, other) =>
        one.eventTime !== null &&
        other.eventTime !== null &&
        Math.abs(one.eventTime - other.eventTime) > SAME_TIME_S,
    ),
    row(
      "value",
      (copy) => (copy.value === null ? null : format.money(copy.value, copy.currency)),
      (one, other) => one.value !== other.value,
    ),
    row(
      "currency",
      (copy) => copy.currency,
      (one, other) => one.currency !== other.currency,
    ),
    {
      ...row(
        "contents",
        (copy) => showContents(copy, format),
        (one, other) => !agreesInContents(one, other),
      ),
      ...(browser?.shortened !== undefined && { shortened: true }),
    },
    ...(browser?.segmentation || server?.segmentation
      ? [
          row(
            "customer_segmentation",
            (copy) => showSegmentation(copy.segmentation, format),
            (one, other) => one.segmentation !== other.segmentation,
          ),
        ]
      : []),
    row(
      "user_data",
      (copy) => copy.keys && copy.keys.join(", "),
      () => false,
    ),
  ];
}

function showContents(copy: CopyView, format: CopyFormat): string | null {
  const { contents, shortened } = copy;
  const left =
    shortened === undefined
      ? []
      : [
          format.say({
            key: "verdicts.copies.leftOut",
            values: { count: shortened, number: format.number(shortened) },
          }),
        ];
  if (contents === null && left.length === 0) return null;
  return writeClauses([...(contents ?? []).map((line) => showLine(line, copy.currency, format)), ...left]);
}

function showLine({ id, quantity, price }: ContentLine, currency: string | null, format: CopyFormat): string {
  const values = { id, quantity: format.number(quantity) };
  return price === null
    ? format.say({ key: "verdicts.copies.line", values })
    : format.say({
        key: "verdicts.copies.linePrice",
        values: { ...values, price: format.money(price, currency) },
      });
}

/** Meta's names are shown as people say them; a name that is not known stays. */
function showSegmentation(name: string | null, { say }: CopyFormat): string | null {
  if (name === "new_customer_to_business") return say({ key: "verdicts.copies.newCustomer" });
  return name === "existing_customer_to_business" ? say({ key: "verdicts.copies.returningCustomer" }) : name;
}

/** The same lines in any order; of a shortened copy the lines that it kept, and as many as it says. */
function agreesInContents(browser: CopyView, server: CopyView): boolean {
  const all = (server.contents ?? []).map((line) => JSON.stringify(line));
  for (const line of browser.contents ?? []) {
    const at = all.indexOf(JSON.stringify(line));
    if (at < 0) return false;
    all.splice(at, 1);
  }
  return all.length === (browser.shortened ?? 0);
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
    segmentation: textOf(data?.["customer_segmentation"]),
    keys: Object.keys(record(event["user_data"]) ?? {}).sort(),
  };
}

/** The browser's copy, from what it was told to send. */
export function readBrowserCopy(copy: unknown, keys: readonly string[]): CopyView | null {
  const told = record(copy);
  if (!told || typeof told["eventId"] !== "string") return null;
  const shortened = numberOf(record(told["shortened"])?.["contents"]);
  return {
    eventId: told["eventId"],
    eventTime: numberOf(told["eventTime"]),
    value: numberOf(told["value"]),
    currency: textOf(told["currency"]),
    contents: contentsOf(told["contents"]),
    ...(shortened !== null && { shortened }),
    segmentation: onlyText(told["customerSegmentation"]),
    keys: [...keys],
  };
}

function contentsOf(value: unknown): readonly ContentLine[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.map((each) => {
    const item = record(each) ?? {};
    return {
      id: String(item["id"]),
      quantity: numberOf(item["quantity"]) ?? 1,
      price: numberOf(item["item_price"]),
    };
  });
}

const numberOf = (value: unknown): number | null => (typeof value === "number" ? value : null);
/** In the browser a list of one stands for the value. */
const onlyText = (value: unknown): string | null =>
  Array.isArray(value) && value.length === 1 ? textOf(value[0]) : null;
const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}

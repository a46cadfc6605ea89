import { isSentOutcome, readStoredOutcome, type BrowserOutcome } from "./browser-outcome.ts";
import type { SentCopy } from "./count-at-meta.ts";
import type { DatasetCopies } from "./decide-pairing.ts";

/** A conversion as stored, as far as both copies were made from it. */
export interface StoredPurchase {
  readonly eventName: string;
  readonly eventId: string;
  readonly eventTime: Date;
}

/** The report whose browser was told to send its copy. */
export interface StoredFire {
  readonly outcome: string | null;
  /** `[{ id, outcome }]` by Meta's dataset IDs, as the browser said it. */
  readonly outcomes: unknown;
  /** What it was told to send; null once erased. */
  readonly copy: unknown;
  readonly answeredAt: Date | null;
}

export interface StoredServerCopy {
  /** Meta's ID. */
  readonly datasetId: string;
  readonly state: string;
  /** Unix milliseconds. */
  readonly firstSentAt: number | null;
  /** The event as sent; null before that, and once erased. */
  readonly payload: unknown;
}

/** Both copies to one dataset. A copy that is no longer kept was made from the stored figures. */
export function datasetCopies(
  purchase: StoredPurchase,
  fire: StoredFire | null,
  delivery: StoredServerCopy,
  mayStillFire: boolean,
): DatasetCopies {
  const told = record(fire?.copy);
  const isMeant = fire !== null && isMeantFor(fire.copy, delivery.datasetId);
  const event = record(delivery.payload);
  const sent = copyOf(purchase, delivery.firstSentAt);
  return {
    browser: isMeant ? browserOutcomeAt(fire, delivery.datasetId) : null,
    server: serverSide(delivery.state),
    browserCopy: copyOf(purchase, fire?.answeredAt?.getTime() ?? null, told),
    serverCopy: {
      ...sent,
      eventName: textOf(event["event_name"]) ?? sent.eventName,
      eventId: textOf(event["event_id"]) ?? sent.eventId,
      eventTime: numberOf(event["event_time"]) ?? sent.eventTime,
    },
    mayStillFire: mayStillFire && (fire === null || isMeant),
  };
}

/** What became of the browser's copy to this dataset. */
function browserOutcomeAt(fire: StoredFire, datasetId: string): BrowserOutcome | null {
  const overall = readStoredOutcome(fire.outcome);
  if (!isSentOutcome(fire.outcome)) return overall;
  const each = Array.isArray(fire.outcomes) ? fire.outcomes.map(record) : [];
  const own = textOf(each.find((one) => one["id"] === datasetId)?.["outcome"]);
  return readStoredOutcome(own) ?? overall;
}

/** A copy names the datasets that were active when it was told; one that names none went to all. */
export function isMeantFor(copy: unknown, datasetId: string): boolean {
  const datasets = record(copy)["datasets"];
  return !Array.isArray(datasets) || datasets.includes(datasetId);
}

function copyOf(
  purchase: StoredPurchase,
  sentAt: number | null,
  told: Readonly<Record<string, unknown>> = {},
): SentCopy {
  return {
    // The browser programs know no other event (extensions/).
    eventName: purchase.eventName,
    eventId: textOf(told["eventId"]) ?? purchase.eventId,
    eventTime: numberOf(told["eventTime"]) ?? Math.floor(purchase.eventTime.getTime() / 1000),
    sentAt,
  };
}

function serverSide(state: string): DatasetCopies["server"] {
  if (state === "delivered") return "delivered";
  return state === "skipped" || state === "dead" ? "ended" : "pending";
}

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
const numberOf = (value: unknown): number | null => (typeof value === "number" ? value : null);

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

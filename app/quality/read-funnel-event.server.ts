import { asRecord } from "../conversions/read-json.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { FunnelOutcome, FunnelState } from "./funnel-log-filters.ts";

/** One event of the funnel at one dataset: what both copies hold, and what became of them. */
export interface FunnelEventDetail {
  readonly eventId: string;
  /** Unix milliseconds; the time that the server copy carries. */
  readonly eventTime: number;
  readonly receivedAt: number;
  readonly settledAt: number | null;
  readonly dataset: string;
  readonly datasetId: string;
  readonly outcome: FunnelOutcome;
  readonly state: FunnelState;
  readonly attempts: number;
  /** Keys of customer information of the server copy. */
  readonly keys: readonly string[];
  readonly page: string | null;
  /** Meta's parameters by Meta's names, as both copies carry them. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly answer: {
    readonly class: string;
    readonly code: number | null;
    readonly message: string | null;
  } | null;
  /** The event as it was sent, as JSON; null where it is not kept. */
  readonly payload: string | null;
}

interface StoredEvent {
  event_id: string;
  event_time: Date;
  received_at: Date;
  settled_at: Date | null;
  dataset: string;
  dataset_id: string;
  outcome: FunnelOutcome;
  state: FunnelState;
  attempts: number;
  keys: string[];
  payload: unknown;
  last_class: string | null;
  last_code: number | null;
  last_message: string | null;
}

/**
 * @param place `YYYY-MM-DD.id`, as the log's links have it
 * @returns null where there is none, or where it is another store's
 */
export async function readFunnelEvent(
  { prisma }: Database,
  input: { readonly storeId: bigint; readonly event: string; readonly place: string },
): Promise<FunnelEventDetail | null> {
  const [, day, id] = /^(20\d{2}-\d{2}-\d{2})\.(\d{1,18})$/.exec(input.place) ?? [];
  if (day === undefined || id === undefined || Number.isNaN(Date.parse(day))) return null;
  const [row] = await prisma.$queryRaw<StoredEvent[]>`
    SELECT e.event_id, e.event_time, e.received_at, e.settled_at, e.outcome, e.state, e.attempts::int AS attempts, e.keys,
           e.payload, e.last_class, e.last_code, e.last_message, d.dataset_id, coalesce(d.name, d.dataset_id) AS dataset
    FROM funnel_event e JOIN dataset d ON d.id = e.dataset_id AND d.store_id = e.store_id
    WHERE e.store_id = ${input.storeId}::bigint AND e.event_name = ${input.event}
      AND e.day = ${isoDay(day)}::text::date AND e.id = ${BigInt(id)}::bigint`;
  if (!row) return null;
  const payload = asRecord(row.payload);
  const parameters = Object.entries(asRecord(payload?.["custom_data"]) ?? {});
  return {
    eventId: row.event_id,
    eventTime: row.event_time.getTime(),
    receivedAt: row.received_at.getTime(),
    settledAt: row.settled_at?.getTime() ?? null,
    dataset: row.dataset,
    datasetId: row.dataset_id,
    outcome: row.outcome,
    state: row.state,
    attempts: row.attempts,
    keys: row.keys,
    page: typeof payload?.["event_source_url"] === "string" ? payload["event_source_url"] : null,
    parameters: parameters.map(([name, value]) => [name, written(value)] as const),
    answer:
      row.last_class === null
        ? null
        : { class: row.last_class, code: row.last_code, message: row.last_message },
    payload: payload ? JSON.stringify(payload, null, 2) : null,
  };
}

/** 31 February is a day to the language and none to the database. */
function isoDay(day: string): string {
  return new Date(Date.parse(day)).toISOString().slice(0, 10);
}

function written(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

import type { Store } from "@prisma/client";

import { currencyDecimals } from "../conversions/purchase/money.ts";
import type { ShownPairing } from "../conversions/shown-pairing.ts";
import type { Database } from "../platform/database/database.server.ts";
import { localTime, writeTimestamp, type ZoneOffsets } from "../texts/local-time.ts";
import type { EventFilters } from "./event-filters.ts";
import { readEvents, type EventDelivery, type EventRow } from "./read-events.server.ts";
import { csvLine, type CsvCell } from "./write-csv.ts";

/** Codes never change and are for programs; beside each stands what the pages call it (docs/dashboard.md). */
const HEAD = [
  "order",
  "order_id",
  "event_id",
  "event_name",
  "source",
  "source_text",
  "paid_at_utc",
  "paid_at_store",
  "received_at_utc",
  "received_at_store",
  "store_time_zone",
  "value",
  "currency",
  "deduplication",
  "deduplication_text",
  "dataset",
  "status",
  "status_text",
  "skip_reason",
  "skip_reason_text",
  "last_error",
  "last_error_text",
  "attempts",
  "customer_information_keys",
  "buyer_country",
  "left_out_by_rule",
] as const;

/** How the pages name what the columns hold as codes. */
export interface CsvWords {
  source(source: string): string;
  pairing(pairing: ShownPairing): string;
  status(state: string): string;
  skipReason(reason: string, consentReason: string | null): string;
  error(errorClass: string): string;
}

export interface CsvInput {
  readonly store: Pick<Store, "id" | "timeZone">;
  readonly filters: EventFilters;
  readonly words: CsvWords;
  /** When the store's clocks change. */
  readonly offsets: ZoneOffsets;
}

const STEP = 500;

/**
 * A store's events as CSV, one line per event and dataset, read page by page as the reader takes them: the memory it
 * needs does not grow with the export, and a reader that goes away ends it.
 */
export function streamEventsCsv(database: Database, input: CsvInput): ReadableStream<Uint8Array> {
  const { store, filters } = input;
  const encoder = new TextEncoder();
  let after: bigint | undefined;
  let begun = false;
  return new ReadableStream({
    async pull(controller) {
      if (!begun) {
        begun = true;
        // The mark tells spreadsheets that this is UTF-8.
        controller.enqueue(encoder.encode(`\uFEFF${csvLine(HEAD)}`));
        return;
      }
      const page = await readEvents(database, {
        store,
        filters,
        cursor: after === undefined ? {} : { after },
        limit: STEP,
      });
      const text = page.rows.flatMap((row) => linesOf(row, input)).join("");
      if (text !== "") controller.enqueue(encoder.encode(text));
      if (page.older === null) controller.close();
      else after = BigInt(page.older);
    },
  });
}

function linesOf(row: EventRow, { store, words, offsets }: CsvInput): string[] {
  const utc = (at: number) => new Date(at).toISOString();
  const local = (at: number) => writeTimestamp(localTime(offsets, at));
  const common: readonly CsvCell[] = [
    row.orderName,
    row.orderId,
    row.eventId,
    row.eventName,
    row.source,
    words.source(row.source),
    utc(row.paidAt),
    local(row.paidAt),
    utc(row.receivedAt),
    local(row.receivedAt),
    store.timeZone,
    amount(row),
    row.currency,
  ];
  const about = row.deliveries.length === 0 ? [null] : row.deliveries;
  return about.map((each) => {
    const pairing = each?.pairing ?? row.pairing;
    return csvLine([
      ...common,
      ...[pairing, words.pairing(pairing)],
      ...ofDelivery(each, row, words),
      ...[row.country, row.excludedBy],
    ]);
  });
}

function ofDelivery(each: EventDelivery | null, row: EventRow, words: CsvWords): readonly CsvCell[] {
  if (each === null) return [null, "not_sent", words.status("none"), null, null, null, null, 0, null];
  return [
    each.dataset,
    each.state,
    words.status(each.state),
    each.skipReason,
    each.skipReason === null ? null : words.skipReason(each.skipReason, row.consentReason),
    each.lastClass,
    each.lastClass === null ? null : words.error(each.lastClass),
    each.attempts,
    each.keys.join(" "),
  ];
}

/** With as many decimals as its currency has, and all that are stored where the currency is not known. */
function amount({ value, currency }: EventRow): CsvCell {
  if (value === null || currency === null) return value;
  return { amount: value, decimals: currencyDecimals(currency) };
}

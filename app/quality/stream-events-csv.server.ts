import type { Store } from "@prisma/client";

import type { Database } from "../platform/database.server.ts";
import type { EventFilters } from "./event-filters.ts";
import { readEvents } from "./read-events.server.ts";
import { csvLine } from "./write-csv.ts";

const HEAD = [
  "order",
  "event_id",
  "event_name",
  "source",
  "paid_at_utc",
  "received_at_utc",
  "value",
  "currency",
  "deduplication",
  "dataset",
  "status",
  "skip_reason",
  "last_error_class",
  "attempts",
  "customer_information_keys",
] as const;

const STEP = 500;

/**
 * A store's events as CSV, one line per event and dataset, read page by page as the reader takes them: the memory it
 * needs does not grow with the export, and a reader that goes away ends it.
 */
export function streamEventsCsv(
  database: Database,
  input: { readonly store: Pick<Store, "id" | "timeZone">; readonly filters: EventFilters },
): ReadableStream<Uint8Array> {
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
        ...input,
        cursor: after === undefined ? {} : { after },
        limit: STEP,
      });
      const text = page.rows.flatMap(linesOf).join("");
      if (text !== "") controller.enqueue(encoder.encode(text));
      if (page.older === null) controller.close();
      else after = BigInt(page.older);
    },
  });
}

function linesOf(row: Awaited<ReturnType<typeof readEvents>>["rows"][number]): string[] {
  const common = [
    row.orderName,
    row.eventId,
    row.eventName,
    row.source,
    new Date(row.paidAt).toISOString(),
    new Date(row.receivedAt).toISOString(),
    row.value,
    row.currency,
    row.pairing,
  ];
  if (row.deliveries.length === 0) return [csvLine([...common, null, "not_sent", null, null, 0, null])];
  return row.deliveries.map((each) =>
    csvLine([
      ...common,
      each.dataset,
      each.state,
      each.skipReason,
      each.lastClass,
      each.attempts,
      each.keys.join(" "),
    ]),
  );
}

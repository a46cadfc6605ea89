import type { Store } from "@prisma/client";

import type { Database } from "../platform/database/database.server.ts";
import { localTime, writeTimestamp, type ZoneOffsets } from "../texts/local-time.ts";
import { readFunnelLog, type FunnelLogInput, type FunnelLogRow } from "./read-funnel-log.server.ts";
import { csvLine } from "./write-csv.ts";

const HEAD = [
  "event_id",
  "event_name",
  "event_time_utc",
  "event_time_store",
  "received_at_utc",
  "store_time_zone",
  "value",
  "currency",
  "dataset",
  "browser_copy",
  "server_copy",
  "last_error",
  "customer_information_keys",
] as const;

const STEP = 500;

/** The log of one event as CSV, read page by page as the reader takes it. */
export function streamFunnelCsv(
  database: Database,
  input: Omit<FunnelLogInput, "store" | "cursor" | "limit"> & {
    readonly store: Pick<Store, "id" | "timeZone">;
    readonly offsets: ZoneOffsets;
  },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after: bigint | undefined;
  let isBegun = false;
  const lineOf = (row: FunnelLogRow) =>
    csvLine([
      row.eventId,
      input.event,
      new Date(row.eventTime).toISOString(),
      writeTimestamp(localTime(input.offsets, row.eventTime)),
      new Date(row.receivedAt).toISOString(),
      input.store.timeZone,
      row.value,
      row.currency,
      row.dataset,
      row.outcome,
      row.state,
      row.lastClass,
      row.keys.join(" "),
    ]);
  return new ReadableStream({
    async pull(controller) {
      if (!isBegun) {
        isBegun = true;
        // The mark tells spreadsheets that this is UTF-8.
        controller.enqueue(encoder.encode(`\uFEFF${csvLine(HEAD)}`));
        return;
      }
      const cursor = after === undefined ? {} : { after };
      const page = await readFunnelLog(database, { ...input, cursor, limit: STEP });
      if (page.rows.length > 0) controller.enqueue(encoder.encode(page.rows.map(lineOf).join("")));
      if (page.older === null) controller.close();
      else after = BigInt(page.older);
    },
  });
}

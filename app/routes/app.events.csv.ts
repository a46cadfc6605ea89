import type { LoaderFunctionArgs } from "@remix-run/node";

import { EVENT_CSV_WORDS } from "../components/events/event-csv-words.ts";
import { isFunnelEvent, readEventChoice } from "../quality/chosen-event.ts";
import { readEventFilters } from "../quality/event-filters.ts";
import { readFunnelFilters } from "../quality/funnel-log-filters.ts";
import { streamFunnelCsv } from "../quality/stream-funnel-csv.server.ts";
import { dayIn, knownTimeZone } from "../quality/store-period.ts";
import { streamEventsCsv } from "../quality/stream-events-csv.server.ts";
import { zoneOffsets } from "../quality/zone-offsets.server.ts";
import { signedInStore } from "../admin/signed-in-store.server.ts";

/** The events that the page's filters find, as CSV; streamed, so that any number of them may be asked for. */
export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const { searchParams } = new URL(args.request.url);
  const event = readEventChoice(searchParams);
  const day = dayIn(store.timeZone, tandem.clock());
  const name = store.shop.replace(/\.myshopify\.com$/, "");
  const offsets = zoneOffsets(knownTimeZone(store.timeZone), tandem.clock());
  const isFunnel = isFunnelEvent(event);
  const stream = isFunnel
    ? streamFunnelCsv(tandem.database, {
        store,
        event,
        filters: readFunnelFilters(searchParams),
        offsets,
        now: tandem.clock(),
      })
    : streamEventsCsv(tandem.database, {
        store,
        filters: readEventFilters(searchParams),
        words: EVENT_CSV_WORDS,
        offsets,
      });
  const what = isFunnel ? event : "events";
  return new Response(stream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}-${what}-${day}.csv"`,
      "cache-control": "private, no-store",
    },
  });
}

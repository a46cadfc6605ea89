import type { LoaderFunctionArgs } from "@remix-run/node";

import { EVENT_CSV_WORDS } from "../components/events/event-csv-words.ts";
import { readEventFilters } from "../quality/event-filters.ts";
import { dayIn, knownTimeZone } from "../quality/store-period.ts";
import { streamEventsCsv } from "../quality/stream-events-csv.server.ts";
import { zoneOffsets } from "../quality/zone-offsets.server.ts";
import { signedInStore } from "../admin/signed-in-store.server.ts";

/** The events that the page's filters find, as CSV; streamed, so that any number of them may be asked for. */
export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const filters = readEventFilters(new URL(args.request.url).searchParams);
  const day = dayIn(store.timeZone, tandem.clock());
  const name = store.shop.replace(/\.myshopify\.com$/, "");
  const offsets = zoneOffsets(knownTimeZone(store.timeZone), tandem.clock());
  return new Response(streamEventsCsv(tandem.database, { store, filters, words: EVENT_CSV_WORDS, offsets }), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}-events-${day}.csv"`,
      "cache-control": "private, no-store",
    },
  });
}

import type { LoaderFunctionArgs } from "@remix-run/node";

import { readEventFilters } from "../quality/event-filters.ts";
import { dayIn } from "../quality/store-period.ts";
import { streamEventsCsv } from "../quality/stream-events-csv.server.ts";
import { signedInStore } from "../signed-in-store.server.ts";

/** The events that the page's filters find, as CSV; streamed, so that any number of them may be asked for. */
export async function loader(args: LoaderFunctionArgs) {
  const { store, tandem } = await signedInStore(args);
  const filters = readEventFilters(new URL(args.request.url).searchParams);
  const day = dayIn(store.timeZone, tandem.clock());
  return new Response(streamEventsCsv(tandem.database, { store, filters }), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="events-${day}.csv"`,
      "cache-control": "no-store",
    },
  });
}

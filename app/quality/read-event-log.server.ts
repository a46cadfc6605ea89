import type { Store } from "@prisma/client";

import { PART_SEARCH_ORDERS } from "../delivery/orders-by-number.server.ts";
import type { Database } from "../platform/database/database.server.ts";
import { countEvents, foundBeside, type EventCount } from "./count-events.server.ts";
import { readEventFilters, writeEventFilters, type EventFilters } from "./event-filters.ts";
import { listDatasets } from "./list-datasets.server.ts";
import { readBuyerCountries } from "./read-buyer-countries.server.ts";
import { countryName } from "../texts/country-name.server.ts";
import { hasFailedEvents, readEvents, type EventCursor, type EventPage } from "./read-events.server.ts";

/** Everything that the page of the event log shows. */
export interface EventLog {
  readonly filters: EventFilters;
  readonly page: EventPage;
  readonly total: EventCount;
  /** Whether something can be sent again by hand. */
  readonly hasFailed: boolean;
  /** Of the view of everything: the failed orders, the newest by name; null when nothing is left to do about any. */
  readonly failed: (EventCount & { readonly newest: readonly { id: string; orderName: string }[] }) | null;
  readonly datasets: readonly { readonly id: string; readonly label: string }[];
  /** Code and name of the countries that the page names. */
  readonly countries: readonly (readonly [code: string, name: string])[];
  /** How many of the newest orders a part of a number is looked for in, where the store has more. */
  readonly partSearch: number | null;
}

const FAILED: EventFilters = { ...readEventFilters(new URLSearchParams()), status: ["dead"] };
const FAILED_NAMED = 3;

export async function readEventLog(
  database: Database,
  input: {
    readonly store: Pick<Store, "id" | "timeZone">;
    readonly filters: EventFilters;
    readonly cursor: EventCursor;
    readonly now: number;
  },
): Promise<EventLog> {
  const { store, filters, cursor, now } = input;
  const [page, counted, datasets, hasFailed, seen, partSearch] = await Promise.all([
    readEvents(database, { store, filters, cursor }),
    countEvents(database, { store, filters }),
    listDatasets(database, store.id),
    hasFailedEvents(database, store.id, now),
    readBuyerCountries(database, store.id),
    filters.search === "" ? false : hasMoreThanPartSearch(database, store.id),
  ]);
  const isPlain = writeEventFilters(filters).size === 0;
  const asked = filters.country.filter((code) => !seen.some((each) => each.code === code));
  return {
    filters,
    page,
    total: foundBeside(counted, { shown: page.rows.length, isFirst: Object.keys(cursor).length === 0 }),
    hasFailed,
    failed: hasFailed && isPlain ? await readFailed(database, store) : null,
    datasets,
    countries: [
      ...seen.map(({ code, name }) => [code, name] as const),
      ...asked.map((code) => [code, countryName(code)] as const),
    ],
    partSearch: partSearch ? PART_SEARCH_ORDERS : null,
  };
}

async function readFailed(database: Database, store: Pick<Store, "id" | "timeZone">) {
  const [count, { rows }] = await Promise.all([
    countEvents(database, { store, filters: FAILED }),
    readEvents(database, { store, filters: FAILED, cursor: {}, limit: FAILED_NAMED }),
  ]);
  return { ...count, newest: rows.map(({ id, orderName }) => ({ id, orderName })) };
}

async function hasMoreThanPartSearch({ prisma }: Database, storeId: bigint): Promise<boolean> {
  const [row] = await prisma.$queryRaw<{ id: bigint }[]>`SELECT id FROM conversion
    WHERE store_id = ${storeId}::bigint ORDER BY id DESC OFFSET ${PART_SEARCH_ORDERS}::int LIMIT 1`;
  return row !== undefined;
}

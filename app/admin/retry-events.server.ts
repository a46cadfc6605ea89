import {
  countRetryable,
  retryByFilter,
  retryDelivery,
  type RetryCount,
  type RetryFilter,
} from "../delivery/retry-by-hand.server.ts";
import { SALE_KINDS, hasBrowserCopy, storedNamesOf } from "../conversions/order/sale-kinds.ts";
import { ERROR_REASONS, readEventFilters, searchedNumbers } from "../quality/event-filters.ts";
import { writeNumber } from "../quality/write-number.ts";
import { sayText } from "../texts/texts.ts";
import "../texts/areas/events.ts";
import type { Tandem } from "./tandem.ts";

export type RetryOfEvents =
  | ({ readonly kind: "count" } & RetryCount)
  | { readonly kind: "retried"; readonly count: number; readonly text: string }
  | { readonly kind: "problem"; readonly text: string };

interface AskingStore {
  readonly id: bigint;
  readonly timeZone: string;
}

const NOTHING: RetryCount = { retryable: 0, uncertain: 0, tooOld: 0, browserCounted: 0 };

const REFUSALS = {
  not_found: "events.retry.refused.notFound",
  not_retryable: "events.retry.refused.notRetryable",
  too_old: "events.retry.refused.tooOld",
  browser_copy_counted: "events.retry.refused.browserCounted",
} as const;

/** A person asks for failed events again: first how many, then all that the address's filter finds. */
export async function retryEvents(
  tandem: Pick<Tandem, "database" | "clock">,
  store: AskingStore,
  form: URLSearchParams,
  query: URLSearchParams,
): Promise<RetryOfEvents> {
  const deps = { database: tandem.database, clock: tandem.clock };
  const filter = await retryFilter(tandem, store, query);
  if (form.get("intent") === "count") {
    const count = filter ? await countRetryable(deps, { storeId: store.id, filter }) : NOTHING;
    return { kind: "count", ...count };
  }
  const { retried } = filter
    ? await retryByFilter(deps, { storeId: store.id, filter })
    : { retried: NOTHING.retryable };
  return {
    kind: "retried",
    count: retried,
    text: sayText({ key: "events.retry.done", values: { count: retried, number: writeNumber(retried) } }),
  };
}

/** One delivery, by the button on its event's page. */
export async function retryOne(
  tandem: Pick<Tandem, "database" | "clock">,
  storeId: bigint,
  deliveryId: string,
): Promise<RetryOfEvents> {
  if (!/^\d{1,18}$/.test(deliveryId)) return { kind: "problem", text: sayText({ key: REFUSALS.not_found }) };
  const outcome = await retryDelivery(
    { database: tandem.database, clock: tandem.clock },
    { storeId, deliveryId: BigInt(deliveryId) },
  );
  return outcome.ok
    ? { kind: "retried", count: 1, text: sayText({ key: "events.retry.doneOne" }) }
    : { kind: "problem", text: sayText({ key: REFUSALS[outcome.reason] }) };
}

/** The failed ones among what the page shows for this address; undefined when it shows none. */
async function retryFilter(
  tandem: Pick<Tandem, "database" | "clock">,
  store: AskingStore,
  query: URLSearchParams,
): Promise<RetryFilter | undefined> {
  const filters = readEventFilters(query);
  const { view, status, search } = filters;
  const orderNumbers = searchedNumbers(search);
  const classes = ERROR_REASONS.filter((each) => filters.reason.includes(each));
  if (
    (filters.reason.length > 0 && classes.length === 0) ||
    view === "waiting" ||
    view === "skipped" ||
    (status.length > 0 && !status.includes("dead"))
  )
    return undefined;
  if (search !== "" && orderNumbers.length === 0) return undefined;
  const asked = filters.source.length > 0 ? filters.source : SALE_KINDS;
  const kinds = view === "recovered" ? asked.filter(hasBrowserCopy) : filters.source;
  if (view === "recovered" && kinds.length === 0) return undefined;
  const bound = async (day: string | null, daysLater: number) => {
    if (day === null) return undefined;
    const [row] = await tandem.database.prisma.$queryRaw<{ at: Date }[]>`
      SELECT (${day}::date + ${daysLater}::int)::timestamp AT TIME ZONE ${store.timeZone}::text AS at`;
    return row?.at.getTime();
  };
  const [from, to] = [await bound(filters.from, 0), await bound(filters.to, 1)];
  const pairings =
    view === "recovered" && filters.pairing.length === 0 ? (["server_only"] as const) : filters.pairing;
  return {
    state: "dead",
    // A dataset of another store finds nothing: the store stands beside it in every statement.
    ...(filters.dataset === null ? {} : { datasetId: BigInt(filters.dataset) }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(kinds.length > 0 ? { sources: kinds.flatMap(storedNamesOf) } : {}),
    ...(pairings.length > 0 ? { pairings } : {}),
    ...(classes.length > 0 ? { classes } : {}),
    ...(filters.country.length > 0 ? { countries: filters.country } : {}),
    ...(orderNumbers.length > 0 ? { orderNumbers } : {}),
  };
}

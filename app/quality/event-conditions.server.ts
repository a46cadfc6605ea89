import { Prisma } from "@prisma/client";

import { BROWSER_SALE_KINDS, storedNamesOf } from "../conversions/order/sale-kinds.ts";
import type { Database } from "../platform/database/database.server.ts";
import { ordersByNumber } from "../delivery/orders-by-number.server.ts";
import { facetsShownAs, isShownAs } from "../delivery/shown-pairing.server.ts";
import {
  CONSENT_REASONS,
  ERROR_REASONS,
  searchedNumbers,
  type EventFilters,
  type EventStatus,
} from "./event-filters.ts";
import { idBounds } from "./id-bounds.server.ts";

/**
 * A filter as SQL over `conversion c`, always within one store. Rare states are found through an index that holds no
 * delivered ones, from the side of the deliveries; source, pairing and country through the combinations of them that the
 * store has; everything else walks the store's conversions from the newest on.
 */
export interface EventConditions {
  /** Conversions `c`, deliveries `d`, or both; begins with the store. */
  readonly where: Prisma.Sql;
  /** The part of `where` that one index answers: what has to be looked at to count what fits. */
  readonly driver: Prisma.Sql;
  /** `driver`, with `facets` where there are some, finds what `where` finds, and nothing else. */
  readonly isExact: boolean;
  /**
   * Where it is read from: conversions `c`, deliveries `d` alone, or both. Of deliveries a conversion may come once per
   * dataset.
   */
  readonly from: "conversions" | "deliveries" | "both";
  /** Of the store's combinations `k` (facets.server.ts), those that may fit; null where they are of no use. */
  readonly facets: Prisma.Sql | null;
  /** Nothing can fit: an unknown dataset, a search without a number. */
  readonly isEmpty: boolean;
}

const SKIPPED = Prisma.sql`d.state = 'skipped'`;
const DEAD = Prisma.sql`d.state = 'dead'`;
const DAY_MS = 86_400_000;
const UNSETTLED = Prisma.sql`d.state IN ('waiting', 'due', 'leased', 'retrying', 'held', 'dead')`;

/** As conversions keep it (`consent_reason`). */
const STORED_CONSENT = {
  consent_refused: "consent_refused",
  consent_missing: "no_consent",
} as const satisfies Record<(typeof CONSENT_REASONS)[number], string>;

export async function eventConditions(
  database: Database,
  input: { readonly storeId: bigint; readonly timeZone: string; readonly filters: EventFilters },
): Promise<EventConditions> {
  const { storeId, filters } = input;
  const datasets = await database.prisma.dataset.findMany({
    where: { storeId },
    select: { id: true, state: true, heldAt: true },
  });
  const dataset = datasets.find((each) => String(each.id) === filters.dataset);
  const numbers = searchedNumbers(filters.search);
  const held = datasets
    .filter((each) => each.heldAt !== null || each.state === "paused")
    .map((each) => each.id);
  const deliveries = deliveryConditions(filters, dataset?.id ?? null, held);
  const received = await receivedBetween(database, input);
  const shown =
    filters.view === "recovered" && filters.pairing.length === 0
      ? (["server_only"] as const)
      : filters.pairing;
  const ofStore = Prisma.sql`c.store_id = ${storeId}::bigint`;
  const searched = numbers.length > 0 ? [Prisma.sql`c.id IN ${ordersByNumber(storeId, numbers)}`] : [];
  const ofCountry =
    filters.country.length > 0 ? [Prisma.sql`c.country IN (${Prisma.join([...filters.country])})`] : [];
  const ofPairing = shown.length > 0 ? [isShownAs(shown)] : [];
  const sources = askedSources(filters);
  const ofSource = sources.map((each) => Prisma.sql`c.source IN (${Prisma.join([...each])})`);
  const ofFacets = [
    ...filters.country.slice(0, 1).map(() => Prisma.sql`k.country IN (${Prisma.join([...filters.country])})`),
    ...(shown.length > 0 ? [facetsShownAs(shown).sql] : []),
    ...sources.map((each) => Prisma.sql`k.source IN (${Prisma.join([...each])})`),
  ];
  const sparse = deliveries?.index ?? null;
  const ofOrder = [...ofPairing, ...ofSource, ...searched, ...ofCountry, ...received];
  const from = !sparse
    ? "conversions"
    : ofOrder.length === 0 && !deliveries?.readsOrder
      ? "deliveries"
      : "both";
  const inStore = [
    ...(from === "deliveries" ? [] : [ofStore]),
    ...(sparse ? [Prisma.sql`d.store_id = ${storeId}::bigint`, sparse] : []),
  ];
  const ofDeliveries = deliveries ? [sparse ? deliveries.sql : anyDelivery(deliveries)] : [];
  const usesFacets = !sparse && searched.length === 0 && ofFacets.length > 0;
  const isExact = usesFacets
    ? ofDeliveries.length === 0 && (shown.length === 0 || facetsShownAs(shown).isExact)
    : sparse
      ? from === "deliveries" && (deliveries?.isIndex ?? false)
      : ofDeliveries.length === 0 && ofOrder.length === searched.length + received.length;
  return {
    where: Prisma.join([...inStore, ...ofOrder, ...ofDeliveries], " AND "),
    driver: Prisma.join([...inStore, ...(sparse ? [] : searched), ...received], " AND "),
    isExact,
    from,
    facets: usesFacets ? Prisma.join(ofFacets, " AND ") : null,
    isEmpty: (filters.dataset !== null && !dataset) || (filters.search !== "" && numbers.length === 0),
  };
}

/** Lists of stored sources; a conversion's is in each of them. */
function askedSources({ view, source }: EventFilters): readonly (readonly string[])[] {
  return [
    ...(view === "recovered" ? [BROWSER_SALE_KINDS] : []),
    ...(source.length > 0 ? [source.flatMap(storedNamesOf)] : []),
  ];
}

function anyDelivery(deliveries: { readonly sql: Prisma.Sql }): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM delivery d WHERE d.conversion_id = c.id AND ${deliveries.sql})`;
}

interface DeliveryConditions {
  readonly sql: Prisma.Sql;
  /** What holds in the index that finds these deliveries; null when there is none. */
  readonly index: Prisma.Sql | null;
  /** `index` finds these deliveries and no others. */
  readonly isIndex: boolean;
  /** Something of the order `c` is asked for too. */
  readonly readsOrder: boolean;
}

function deliveryConditions(
  filters: EventFilters,
  dataset: bigint | null,
  held: readonly bigint[],
): DeliveryConditions | null {
  const states = filters.status.map((status) => statusSql(status, held));
  const ofView = viewSql(filters, held);
  const reasons = reasonConditions(filters.reason);
  const parts = [
    ...(states.length > 0 ? [Prisma.sql`(${Prisma.join(states, " OR ")})`] : []),
    ...(ofView ? [ofView] : []),
    ...(reasons ? [reasons.sql] : []),
    ...(dataset === null ? [] : [Prisma.sql`d.dataset_id = ${dataset}::bigint`]),
  ];
  if (parts.length === 0) return null;
  const sql = Prisma.join(parts, " AND ");
  const { status, view } = filters;
  if (reasons) return { sql, index: reasons.index, isIndex: false, readsOrder: reasons.readsOrder };
  const rest = { sql, readsOrder: false };
  if (view === "skipped" || (status.length > 0 && status.every((each) => each === "skipped")))
    return { ...rest, index: SKIPPED, isIndex: parts.length === 1 };
  // Which of the states are asked for the index knows as well.
  if (status.length === 1 && status[0] === "dead" && !ofView)
    return { ...rest, index: DEAD, isIndex: parts.length === 1 };
  const dense = status.includes("delivered") || (status.length === 0 && !ofView);
  return { ...rest, index: dense || status.includes("skipped") ? null : UNSETTLED, isIndex: false };
}

/** Reasons of skipped deliveries, and of failed ones; an index holds either kind, none holds both. */
function reasonConditions(
  reason: readonly string[],
): Pick<DeliveryConditions, "sql" | "index" | "readsOrder"> | null {
  if (reason.length === 0) return null;
  const errors = reason.filter((each) => ERROR_REASONS.some((known) => known === each));
  const consent = CONSENT_REASONS.filter((each) => reason.includes(each));
  const skips = reason.filter(
    (each) => !errors.includes(each) && !CONSENT_REASONS.some((known) => known === each),
  );
  const any = [
    ...(errors.length > 0
      ? [Prisma.sql`(d.state IN ('retrying', 'held', 'dead') AND d.last_class IN (${Prisma.join(errors)}))`]
      : []),
    ...(skips.length > 0 ? [Prisma.sql`(${SKIPPED} AND d.skip_reason IN (${Prisma.join(skips)}))`] : []),
    ...consent.map(
      (each) =>
        Prisma.sql`(${SKIPPED} AND d.skip_reason = 'no_consent' AND c.consent_reason = ${STORED_CONSENT[each]})`,
    ),
  ];
  const isOneKind = errors.length === 0 || errors.length === reason.length;
  const index = errors.length === 0 ? SKIPPED : UNSETTLED;
  return {
    sql: Prisma.sql`(${Prisma.join(any, " OR ")})`,
    index: isOneKind ? index : null,
    readsOrder: consent.length > 0,
  };
}

function viewSql({ view }: EventFilters, held: readonly bigint[]): Prisma.Sql | null {
  switch (view) {
    case "attention":
      return Prisma.sql`(d.state IN ('dead', 'held') OR ${inHeld(held)})`;
    case "waiting":
      return Prisma.sql`d.state IN ('waiting', 'due', 'leased', 'retrying', 'held')`;
    case "skipped":
      return Prisma.sql`d.state = 'skipped'`;
    case "all":
    case "recovered":
      return null;
  }
}

/** What the log shows as held: rows of a dataset that a whole stop or a pause keeps back. */
function inHeld(held: readonly bigint[]): Prisma.Sql {
  return Prisma.sql`(d.dataset_id = ANY(${[...held]}::bigint[]) AND d.state IN ('waiting', 'due', 'retrying', 'held'))`;
}

function statusSql(status: EventStatus, held: readonly bigint[]): Prisma.Sql {
  switch (status) {
    case "open":
      return Prisma.sql`(d.state IN ('waiting', 'due', 'leased') AND NOT ${inHeld(held)})`;
    case "held":
      return Prisma.sql`(d.state = 'held' OR ${inHeld(held)})`;
    case "retrying":
      return Prisma.sql`(d.state = 'retrying' AND NOT ${inHeld(held)})`;
    case "delivered":
    case "dead":
    case "skipped":
      return Prisma.sql`d.state = ${status}`;
  }
}

/** Days as times, and as bounds of the ID: an old day is reached without walking past everything newer. */
async function receivedBetween(
  database: Database,
  input: { readonly storeId: bigint; readonly timeZone: string; readonly filters: EventFilters },
): Promise<readonly Prisma.Sql[]> {
  const { storeId, timeZone, filters } = input;
  const parts: Prisma.Sql[] = [];
  if (filters.from !== null) {
    const bounds = await idBounds(database, storeId, { day: filters.from, timeZone });
    parts.push(
      Prisma.sql`c.received_at >= (${filters.from}::date::timestamp AT TIME ZONE ${timeZone}::text)`,
      Prisma.sql`c.id >= ${bounds.from}::bigint`,
    );
  }
  if (filters.to !== null) {
    const next = dayAfter(filters.to);
    const bounds = await idBounds(database, storeId, { day: next, timeZone });
    parts.push(
      Prisma.sql`c.received_at < (${next}::date::timestamp AT TIME ZONE ${timeZone}::text)`,
      Prisma.sql`c.id <= ${bounds.to}::bigint`,
    );
  }
  return parts;
}

/** @param day YYYY-MM-DD */
function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

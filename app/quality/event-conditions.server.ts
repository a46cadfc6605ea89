import { Prisma } from "@prisma/client";

import { BROWSER_SALE_KINDS, storedNamesOf } from "../conversions/order/sale-kinds.ts";
import type { Database } from "../platform/database/database.server.ts";
import { ordersByNumber } from "../delivery/orders-by-number.server.ts";
import { isShownAs, isStoredAs } from "../delivery/shown-pairing.server.ts";
import {
  CONSENT_REASONS,
  ERROR_REASONS,
  searchedNumbers,
  type EventFilters,
  type EventStatus,
} from "./event-filters.ts";

/**
 * A filter as SQL over `conversion c`, always within one store. Rare states are found through indexes that hold nothing
 * else, from the side of the deliveries; everything else walks the store's conversions from the newest on.
 */
export interface EventConditions {
  /** Conversions `c`; begins with the store. */
  readonly where: Prisma.Sql;
  /** The part of `where` that one index answers: what has to be looked at to count what fits. */
  readonly driver: Prisma.Sql;
  /** True when `d` is joined: each conversion may come once per dataset then. */
  readonly fromDeliveries: boolean;
  /** Nothing can fit: an unknown dataset, a search without a number. */
  readonly isEmpty: boolean;
}

const SKIPPED = Prisma.sql`d.state = 'skipped'`;
const UNSETTLED = Prisma.sql`d.state IN ('waiting', 'due', 'leased', 'retrying', 'held', 'dead')`;

/** As conversions keep it (`consent_reason`). */
const STORED_CONSENT = {
  consent_refused: "consent_refused",
  consent_missing: "no_consent",
} as const satisfies Record<(typeof CONSENT_REASONS)[number], string>;

/** More than any two processes are apart in handing out IDs. */
const ID_SLACK = 10_000;

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
  const pairing =
    filters.view === "recovered" && filters.pairing.length === 0
      ? (["server_only"] as const)
      : filters.pairing;
  const ofStore = Prisma.sql`c.store_id = ${storeId}::bigint`;
  const searched = numbers.length > 0 ? [Prisma.sql`c.id IN ${ordersByNumber(storeId, numbers)}`] : [];
  const ofCountry =
    filters.country.length > 0 ? [Prisma.sql`c.country IN (${Prisma.join([...filters.country])})`] : [];
  const ofPairing = pairing.length > 0 ? [isShownAs(pairing)] : [];
  const indexOfPairing = pairing.length > 0 ? [isStoredAs(pairing)] : [];
  const ofSource = sourceConditions(filters);
  const sparse = deliveries?.index ?? null;
  const inStore = sparse ? [ofStore, Prisma.sql`d.store_id = ${storeId}::bigint`, sparse] : [ofStore];
  const parts = [
    ...inStore,
    ...ofPairing,
    ...ofSource,
    ...searched,
    ...ofCountry,
    ...received,
    ...(deliveries ? [sparse ? deliveries.sql : anyDelivery(deliveries)] : []),
  ];
  const indexed = sparse
    ? []
    : ([searched, ofCountry, indexOfPairing, ofSource].find((each) => each.length > 0) ?? []);
  return {
    where: Prisma.join(parts, " AND "),
    driver: Prisma.join([...inStore, ...indexed, ...received], " AND "),
    fromDeliveries: sparse !== null,
    isEmpty: (filters.dataset !== null && !dataset) || (filters.search !== "" && numbers.length === 0),
  };
}

function sourceConditions({ view, source }: EventFilters): readonly Prisma.Sql[] {
  return [
    ...(view === "recovered" ? [Prisma.sql`c.source IN (${Prisma.join([...BROWSER_SALE_KINDS])})`] : []),
    ...(source.length > 0 ? [Prisma.sql`c.source IN (${Prisma.join(source.flatMap(storedNamesOf))})`] : []),
  ];
}

function anyDelivery(deliveries: { readonly sql: Prisma.Sql }): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM delivery d WHERE d.conversion_id = c.id AND ${deliveries.sql})`;
}

/** @returns `index`: what holds in the partial index that finds these deliveries; null when there is none */
function deliveryConditions(
  filters: EventFilters,
  dataset: bigint | null,
  held: readonly bigint[],
): { readonly sql: Prisma.Sql; readonly index: Prisma.Sql | null } | null {
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
  if (reasons) return { sql, index: reasons.index };
  if (view === "skipped" || (status.length > 0 && status.every((each) => each === "skipped")))
    return { sql, index: SKIPPED };
  const dense = status.includes("delivered") || (status.length === 0 && !ofView);
  return { sql, index: dense || status.includes("skipped") ? null : UNSETTLED };
}

/** Reasons of skipped deliveries, and of failed ones; an index holds either kind, none holds both. */
function reasonConditions(
  reason: readonly string[],
): { readonly sql: Prisma.Sql; readonly index: Prisma.Sql | null } | null {
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
  return { sql: Prisma.sql`(${Prisma.join(any, " OR ")})`, index: isOneKind ? index : null };
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

/**
 * Days as times, and as bounds of the ID: rows are numbered nearly in the order of their arrival, so an old day is
 * reached without walking past everything newer.
 */
async function receivedBetween(
  { prisma }: Database,
  input: { readonly storeId: bigint; readonly timeZone: string; readonly filters: EventFilters },
): Promise<readonly Prisma.Sql[]> {
  const { storeId, timeZone, filters } = input;
  const parts: Prisma.Sql[] = [];
  if (filters.from !== null) {
    const from = Prisma.sql`(${filters.from}::date::timestamp AT TIME ZONE ${timeZone}::text)`;
    const [first] = await prisma.$queryRaw<{ id: bigint }[]>`SELECT id FROM conversion
      WHERE store_id = ${storeId}::bigint AND received_at >= ${from} ORDER BY received_at, id LIMIT 1`;
    parts.push(
      Prisma.sql`c.received_at >= ${from}`,
      Prisma.sql`c.id >= ${(first?.id ?? 0n) - BigInt(ID_SLACK)}::bigint`,
    );
  }
  if (filters.to !== null) {
    const to = Prisma.sql`((${filters.to}::date + 1)::timestamp AT TIME ZONE ${timeZone}::text)`;
    const [last] = await prisma.$queryRaw<{ id: bigint }[]>`SELECT id FROM conversion
      WHERE store_id = ${storeId}::bigint AND received_at < ${to} ORDER BY received_at DESC, id DESC LIMIT 1`;
    parts.push(
      Prisma.sql`c.received_at < ${to}`,
      Prisma.sql`c.id <= ${(last?.id ?? 0n) + BigInt(ID_SLACK)}::bigint`,
    );
  }
  return parts;
}

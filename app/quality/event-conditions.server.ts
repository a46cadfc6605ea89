import { Prisma } from "@prisma/client";

import type { Database } from "../platform/database.server.ts";
import { searchedNumbers, type EventFilters, type EventStatus } from "./event-filters.ts";

/**
 * A filter as SQL over `conversion c`, always within one store. Rare states are found through indexes that hold nothing
 * else, from the side of the deliveries; everything else walks the store's conversions from the newest on.
 */
export interface EventConditions {
  /** Conversions `c`; begins with the store. */
  readonly where: Prisma.Sql;
  /** True when `d` is joined: each conversion may come once per dataset then. */
  readonly fromDeliveries: boolean;
  /** Nothing can fit: an unknown dataset, a search without a number. */
  readonly isEmpty: boolean;
}

const UNSETTLED = Prisma.sql`d.state IN ('waiting', 'due', 'leased', 'retrying', 'held', 'dead')`;

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
  const parts = [
    Prisma.sql`c.store_id = ${storeId}::bigint`,
    ...(filters.view === "recovered" ? [Prisma.sql`c.source = 'web'`] : []),
    ...(pairing.length > 0 ? [Prisma.sql`c.pairing IN (${Prisma.join([...pairing])})`] : []),
    ...(filters.source.length > 0 ? [Prisma.sql`c.source IN (${Prisma.join([...filters.source])})`] : []),
    ...(numbers.length > 0
      ? [
          Prisma.sql`(c.order_number = ANY(${[...numbers]}::text[])
            OR (c.event_name = 'Purchase' AND c.source_key = ANY(${[...numbers]}::text[])))`,
        ]
      : []),
    ...received,
    ...(deliveries
      ? [
          deliveries.sparse
            ? Prisma.sql`d.store_id = ${storeId}::bigint AND ${deliveries.sql}`
            : Prisma.sql`EXISTS (SELECT 1 FROM delivery d WHERE d.conversion_id = c.id AND ${deliveries.sql})`,
        ]
      : []),
  ];
  return {
    where: Prisma.join(parts, " AND "),
    fromDeliveries: deliveries?.sparse ?? false,
    isEmpty: (filters.dataset !== null && !dataset) || (filters.search !== "" && numbers.length === 0),
  };
}

function deliveryConditions(
  filters: EventFilters,
  dataset: bigint | null,
  held: readonly bigint[],
): { readonly sql: Prisma.Sql; readonly sparse: boolean } | null {
  const states = filters.status.map((status) => statusSql(status, held));
  const ofView = viewSql(filters, held);
  const parts = [
    ...(states.length > 0 ? [Prisma.sql`(${Prisma.join(states, " OR ")})`] : []),
    ...(ofView ? [ofView] : []),
    ...(dataset === null ? [] : [Prisma.sql`d.dataset_id = ${dataset}::bigint`]),
  ];
  if (parts.length === 0) return null;
  const dense = filters.status.includes("delivered") || (filters.status.length === 0 && !ofView);
  const skipped =
    filters.view === "skipped" ||
    (filters.status.length > 0 && filters.status.every((each) => each === "skipped"));
  const mixed = !skipped && filters.status.includes("skipped");
  const index = skipped ? [Prisma.sql`d.state = 'skipped'`] : [UNSETTLED];
  const sparse = !dense && !mixed;
  return { sql: Prisma.join(sparse ? [...index, ...parts] : parts, " AND "), sparse };
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

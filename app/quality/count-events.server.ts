import { Prisma, type Store } from "@prisma/client";

import type { Database } from "../platform/database/database.server.ts";
import { eventConditions, type EventConditions } from "./event-conditions.server.ts";
import type { EventFilters } from "./event-filters.ts";
import { OF_FACET, withFacets } from "./facets.server.ts";

/** Orders that a filter finds. */
export interface EventCount {
  readonly count: number;
  /** True when there may be more: counting has an end. */
  readonly isLeast: boolean;
}

/** Where an index alone finds them. */
const MOST_COUNTED = 10_000;
/** Rows that are looked up one by one, to see whether the rest of the filter fits. */
const MOST_TRIED = 4_000;

/** Counts what the log's filter finds, at a cost with an upper end: of a large store it says "at least". */
export async function countEvents(
  database: Database,
  input: {
    readonly store: Pick<Store, "id" | "timeZone">;
    readonly filters: EventFilters;
    readonly most?: number;
  },
): Promise<EventCount> {
  const { store, filters, most = MOST_COUNTED } = input;
  const conditions = await eventConditions(database, {
    storeId: store.id,
    timeZone: store.timeZone,
    filters,
  });
  if (conditions.isEmpty) return { count: 0, isLeast: false };
  const { from, isExact } = conditions;
  const mostLooked = isExact ? most : Math.min(2 * most, MOST_TRIED);
  const looked = lookedAt(store.id, conditions, mostLooked + 1);
  const [row] = isExact
    ? await database.prisma.$queryRaw<{ looked: number; found: number }[]>`
        ${looked} SELECT count(*)::int AS looked, count(DISTINCT looked.id)::int AS found FROM looked`
    : await database.prisma.$queryRaw<{ looked: number; found: number }[]>`
        ${looked} SELECT (SELECT count(*) FROM looked)::int AS looked, (SELECT count(*) FROM (
          SELECT DISTINCT looked.id FROM looked ${fitting(from)} WHERE ${conditions.where}
          LIMIT ${most + 1}::int) fitting)::int AS found`;
  const { looked: rows, found } = row ?? { looked: 0, found: 0 };
  return { count: Math.min(found, most), isLeast: rows > mostLooked || found > most };
}

/** The newest orders that the index finds, as `looked`; of several datasets once for each. */
function lookedAt(storeId: bigint, conditions: EventConditions, limit: number): Prisma.Sql {
  if (conditions.facets)
    return Prisma.sql`${withFacets(storeId)}, looked AS MATERIALIZED (
      SELECT near.id FROM facet k CROSS JOIN LATERAL (
        SELECT c.id FROM conversion c WHERE ${OF_FACET} AND ${conditions.driver} LIMIT ${limit}::int) near
      WHERE ${conditions.facets} LIMIT ${limit}::int)`;
  if (conditions.from === "conversions")
    return Prisma.sql`WITH looked AS MATERIALIZED (
      SELECT c.id FROM conversion c WHERE ${conditions.driver} ORDER BY c.id DESC LIMIT ${limit}::int)`;
  const from =
    conditions.from === "deliveries"
      ? Prisma.sql`delivery d`
      : Prisma.sql`delivery d JOIN conversion c ON c.id = d.conversion_id`;
  return Prisma.sql`WITH looked AS MATERIALIZED (
    SELECT d.conversion_id AS id FROM ${from} WHERE ${conditions.driver}
    ORDER BY d.conversion_id DESC LIMIT ${limit}::int)`;
}

/** What the whole filter is asked of, for the orders looked at. */
function fitting(from: EventConditions["from"]): Prisma.Sql {
  switch (from) {
    case "conversions":
      return Prisma.sql`JOIN conversion c ON c.id = looked.id`;
    case "deliveries":
      return Prisma.sql`JOIN delivery d ON d.conversion_id = looked.id`;
    case "both":
      return Prisma.sql`JOIN conversion c ON c.id = looked.id JOIN delivery d ON d.conversion_id = c.id`;
  }
}

/**
 * What the page says: counting may end before it meets the orders that the page shows, and a first page without any has
 * looked at everything.
 */
export function foundBeside(
  counted: EventCount,
  page: { readonly shown: number; readonly isFirst: boolean },
): EventCount {
  if (!counted.isLeast) return counted;
  if (page.isFirst && page.shown === 0) return { count: 0, isLeast: false };
  return { count: Math.max(counted.count, page.shown), isLeast: true };
}

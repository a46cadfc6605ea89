import { Prisma, type Store } from "@prisma/client";

import type { Database } from "../platform/database/database.server.ts";
import { eventConditions } from "./event-conditions.server.ts";
import type { EventFilters } from "./event-filters.ts";
import { OF_FACET, withFacets } from "./facets.server.ts";

/** Orders that a filter finds. */
export interface EventCount {
  readonly count: number;
  /** True when there may be more: counting ends at `MOST_COUNTED` orders, or after looking at twice as many rows. */
  readonly isLeast: boolean;
}

const MOST_COUNTED = 10_000;

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
  const { fromDeliveries } = conditions;
  const id = fromDeliveries ? Prisma.sql`d.id` : Prisma.sql`c.id`;
  const from = fromDeliveries
    ? Prisma.sql`delivery d JOIN conversion c ON c.id = d.conversion_id`
    : Prisma.sql`conversion c`;
  const isWhole = !conditions.facets && conditions.where.text === conditions.driver.text;
  const mostLooked = Prisma.sql`${(isWhole ? most : 2 * most) + 1}::int`;
  const looking = conditions.facets
    ? Prisma.sql`SELECT near.id FROM facet k CROSS JOIN LATERAL (
        SELECT c.id FROM conversion c WHERE ${OF_FACET} AND ${conditions.driver} LIMIT ${mostLooked}) near
      WHERE ${conditions.facets} LIMIT ${mostLooked}`
    : fromDeliveries
      ? Prisma.sql`SELECT d.id FROM delivery d JOIN conversion c ON c.id = d.conversion_id WHERE ${conditions.driver}
          ORDER BY d.conversion_id DESC LIMIT ${mostLooked}`
      : Prisma.sql`SELECT c.id FROM conversion c WHERE ${conditions.driver} ORDER BY c.id DESC LIMIT ${mostLooked}`;
  const [row] = await database.prisma.$queryRaw<{ looked: number; found: number }[]>`
    ${conditions.facets ? Prisma.sql`${withFacets(store.id)},` : Prisma.sql`WITH`} looked AS MATERIALIZED (${looking})
    SELECT (SELECT count(*) FROM looked)::int AS looked,
           ${isWhole ? Prisma.sql`0` : fitting(conditions, from, id, most)} AS found`;
  const { looked, found } = row ?? { looked: 0, found: 0 };
  const counted = isWhole ? looked : found;
  return { count: Math.min(counted, most), isLeast: looked > 2 * most || counted > most };
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

/** Of the rows looked at, the orders that the whole filter finds: each once, however many datasets it went to. */
function fitting(
  conditions: { readonly where: Prisma.Sql },
  from: Prisma.Sql,
  id: Prisma.Sql,
  most: number,
): Prisma.Sql {
  return Prisma.sql`(SELECT count(*) FROM (
    SELECT DISTINCT c.id FROM ${from} JOIN looked ON looked.id = ${id} WHERE ${conditions.where}
    LIMIT ${most + 1}::int) fitting)::int`;
}

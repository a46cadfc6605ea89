import { Prisma } from "@prisma/client";

/**
 * The combinations of source, pairing and country that a store's conversions have, as `facet k`: one step through
 * `conversion_facet_idx` for each, however many orders there are. `country` is '' where it is not known.
 */
export function withFacets(storeId: bigint): Prisma.Sql {
  return Prisma.sql`WITH RECURSIVE facet AS (
      (SELECT c.source, c.pairing, coalesce(c.country, '') AS country FROM conversion c
       WHERE c.store_id = ${storeId}::bigint ORDER BY c.source, c.pairing, coalesce(c.country, '') LIMIT 1)
      UNION ALL
      SELECT next.source, next.pairing, next.country FROM facet
      CROSS JOIN LATERAL (
        SELECT c.source, c.pairing, coalesce(c.country, '') AS country FROM conversion c
        WHERE c.store_id = ${storeId}::bigint
          AND (c.source, c.pairing, coalesce(c.country, '')) > (facet.source, facet.pairing, facet.country)
        ORDER BY c.source, c.pairing, coalesce(c.country, '') LIMIT 1) next
    )`;
}

/** Conversions `c` of one combination `k`. */
export const OF_FACET = Prisma.sql`c.source = k.source AND c.pairing = k.pairing AND coalesce(c.country, '') = k.country`;

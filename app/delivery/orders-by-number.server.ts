import { Prisma } from "@prisma/client";

/** A part of a number is looked for in this many of the store's newest orders; a whole number in all of them. */
export const PART_SEARCH_ORDERS = 50_000;

/**
 * A store's conversions by order number, order ID or a part of the number, as a set of IDs for `id IN (…)`. Whole
 * numbers are found through indexes (most orders have theirs as event ID, the others have an index of their own); parts cost one pass over the newest orders, however many there are.
 *
 * @param numbers digits only
 */
export function ordersByNumber(storeId: bigint, numbers: readonly string[]): Prisma.Sql {
  const whole = [...numbers];
  const parts = numbers.map((each) => `%${each}%`);
  return Prisma.sql`(
    SELECT n.id FROM conversion n
    WHERE n.store_id = ${storeId}::bigint AND n.event_name = 'Purchase' AND n.event_id = ANY(${whole}::text[])
      AND NOT n.event_id_shared AND n.order_number = n.event_id
    UNION ALL
    SELECT n.id FROM conversion n
    WHERE n.store_id = ${storeId}::bigint AND n.order_number = ANY(${whole}::text[])
      AND (n.order_number <> n.event_id OR n.event_id_shared)
    UNION ALL
    SELECT n.id FROM conversion n
    WHERE n.store_id = ${storeId}::bigint AND n.event_name = 'Purchase' AND n.source_key = ANY(${whole}::text[])
    UNION ALL
    SELECT n.id FROM (
      SELECT id, order_number FROM conversion WHERE store_id = ${storeId}::bigint
      ORDER BY id DESC LIMIT ${PART_SEARCH_ORDERS}::int
    ) n WHERE n.order_number LIKE ANY(${parts}::text[]))`;
}

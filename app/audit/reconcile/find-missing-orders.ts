/** Paid orders of a day, by two counts. */
export interface CountedTwice {
  readonly shopify: number;
  readonly taken: number;
}

/**
 * How many of each day's orders are missing here. A payment seconds before midnight may count on one day at Shopify and on
 * the next here, so what a neighbouring day has too many makes up for what a day lacks, once. Pure.
 *
 * @param days one after the other; null = not known, which makes up for nothing
 * @returns of each day, 0 or more
 */
export function findMissingOrders(days: readonly (CountedTwice | null)[]): readonly number[] {
  const over = days.map((day) => (day ? Math.max(0, day.taken - day.shopify) : 0));
  return days.map((day, index) => {
    let lacking = day ? Math.max(0, day.shopify - day.taken) : 0;
    for (const neighbour of [index - 1, index + 1]) {
      const used = Math.min(lacking, over[neighbour] ?? 0);
      lacking -= used;
      if (used > 0) over[neighbour] = (over[neighbour] ?? 0) - used;
    }
    return lacking;
  });
}

import type { Sum } from "../../quality/sum-tallies.ts";
import type { AuditFacts, ShopifyDay } from "../facts/audit-facts.ts";

/** A day that is over, as Shopify counts it and as we do. */
export interface DayAtShopify {
  readonly day: string;
  readonly shopify: ShopifyDay;
  readonly taken: Sum;
}

/** Days that both sides know, oldest first; null while Shopify was not asked. */
export function daysAtShopify({ shopify, days, today }: AuditFacts): readonly DayAtShopify[] | null {
  if (shopify === null) return null;
  const ours = new Map(days.map(({ day, orders }) => [day, orders]));
  return shopify.flatMap((each) => {
    const taken = ours.get(each.day);
    return taken && each.day < today ? [{ day: each.day, shopify: each, taken }] : [];
  });
}

/** Whether Shopify counted by the day of the order and without amounts, as for large stores (docs/decisions/0830). */
export function isCounted(days: readonly DayAtShopify[]): boolean {
  return days.some(({ shopify }) => shopify.orders > 0 && shopify.worth === null);
}

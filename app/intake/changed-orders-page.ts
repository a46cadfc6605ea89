import { readId } from "../conversions/read-json.ts";
import type { LIST_CHANGED_ORDERS } from "../stores/shopify/admin-operations.ts";
import { nextPage, type AnswerOf } from "../stores/shopify/answer-kinds.ts";

/** One page of LIST_CHANGED_ORDERS, as far as it can be read. */
export interface ChangedOrdersPage {
  /** Digits. */
  readonly orderIds: readonly string[];
  /** Entries without an order ID. */
  readonly unreadable: number;
  /** Unix milliseconds of the latest change that the page names; undefined where it names none. */
  readonly changedUpTo: number | undefined;
  /** Where the next page begins; null = this is the last one. */
  readonly next: string | null;
}

/**
 * @returns undefined for an answer that is no such page (no `orders`, no list, no word on whether more follow, more
 * without a place to go on): it says nothing of what changed, so nothing counts as seen
 */
export function readChangedOrders({
  orders,
}: AnswerOf<typeof LIST_CHANGED_ORDERS>): ChangedOrdersPage | undefined {
  const nodes = orders?.nodes;
  const next = nextPage(orders?.pageInfo);
  if (!nodes || next === undefined) return undefined;
  const orderIds = nodes.flatMap((node) => readId(node ?? undefined, "legacyResourceId") ?? []);
  const changes = nodes
    .map((node) => Date.parse(node?.updatedAt ?? ""))
    .filter((time) => Number.isFinite(time));
  return {
    orderIds,
    unreadable: nodes.length - orderIds.length,
    changedUpTo: changes.length === 0 ? undefined : Math.max(...changes),
    next,
  };
}

import { asRecord, readId, type JsonRecord } from "../conversions/read-json.ts";

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
export function readChangedOrders(data: JsonRecord): ChangedOrdersPage | undefined {
  const orders = asRecord(data["orders"]);
  const nodes = orders?.["nodes"];
  const info = asRecord(orders?.["pageInfo"]);
  const hasNextPage = info?.["hasNextPage"];
  const endCursor = info?.["endCursor"];
  if (!Array.isArray(nodes) || typeof hasNextPage !== "boolean") return undefined;
  if (hasNextPage && (typeof endCursor !== "string" || endCursor === "")) return undefined;
  const records = nodes.map(asRecord);
  const orderIds = records.flatMap((node) => readId(node, "legacyResourceId") ?? []);
  const changes = records
    .map((node) => Date.parse(String(node?.["updatedAt"])))
    .filter((time) => Number.isFinite(time));
  return {
    orderIds,
    unreadable: nodes.length - orderIds.length,
    changedUpTo: changes.length === 0 ? undefined : Math.max(...changes),
    next: hasNextPage && typeof endCursor === "string" ? endCursor : null,
  };
}

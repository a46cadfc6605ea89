import type { OrderPayload } from "./order-shape.ts";

/**
 * Shopify's IDs are 64-bit integers written as JSON numbers, wider than a double can hold. They are bigints in memory
 * and plain digits on the wire; `JSON.rawJSON` and the reviver's `source` (ES2026, in Node 22 and later) do the work.
 */
interface RawJson {
  rawJSON(text: string): unknown;
}
const raw: RawJson = JSON as unknown as RawJson;

/** JSON text with every bigint as an unquoted number. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === "bigint" ? raw.rawJSON(item.toString()) : item,
  );
}

type SourceReviver = (key: string, value: unknown, context: { source?: string }) => unknown;
type ParseWithSource = (text: string, reviver: SourceReviver) => unknown;

const isIdKey = (key: string): boolean => key === "id" || key.endsWith("_id");

/** Parses an order file; every integer under `id` or `*_id` becomes a bigint, digit for digit. */
export function readOrder(text: string): OrderPayload {
  const parse: ParseWithSource = JSON.parse as unknown as ParseWithSource;
  const value = parse(text, (key, item, context) =>
    typeof item === "number" && isIdKey(key) && /^\d+$/.test(context.source ?? "")
      ? BigInt(context.source ?? "0")
      : item,
  );
  if (typeof value !== "object" || value === null || !("id" in value)) throw new Error("not an order: no id");
  return value as OrderPayload;
}

/**
 * An order's JSON text with the shop ID of its order status address made the given store's, and nothing else changed: in
 * each of a store's orders that number is the store's (`https://{host}/{shop ID}/orders/{token}/authenticate?key=…`).
 */
export function withOwnShopId(order: string, storeId: string): string {
  return order.replace(
    /("order_status_url":\s*"https?:\/\/[^/"]+\/)\d+(?=\/orders\/)/,
    (_all, before: string) => before + storeId,
  );
}

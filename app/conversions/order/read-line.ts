import type { LineFacts } from "./order-facts.ts";
import { asRecord, compact, readCount, readId, readText } from "../read-json.ts";
import type { JsonRecord } from "../read-json.ts";
import { readMoney } from "./read-money.ts";
import type { OrderCurrencies } from "./read-money.ts";

/** One of the order's `line_items`; none where it is no object. */
export function readLine(line: JsonRecord | undefined, currencies: OrderCurrencies): LineFacts[] {
  if (line === undefined) return [];
  const allocations = line["discount_allocations"];
  const discounts = Array.isArray(allocations)
    ? allocations.map((entry) => readMoney(asRecord(entry), "amount", currencies))
    : [readMoney(line, "total_discount", currencies)];
  return [
    compact<LineFacts>({
      productId: readId(line, "product_id"),
      variantId: readId(line, "variant_id"),
      sku: readText(line, "sku"),
      quantity: readCount(line, "quantity"),
      currentQuantity: readCount(line, "current_quantity"),
      price: readMoney(line, "price", currencies),
      discounts: discounts.filter((discount) => discount !== undefined),
      isTip: asRecord(line["tip"]) !== undefined,
      hasSellingPlan: hasSellingPlan(line),
    }),
  ];
}

/** `selling_plan_id` since 2026-10; the allocation, where an older or another payload carries it. */
function hasSellingPlan(line: JsonRecord): boolean {
  return (
    (readText(line, "selling_plan_id") ?? "0") !== "0" ||
    asRecord(line["selling_plan_allocation"]) !== undefined ||
    asRecord(line["selling_plan"]) !== undefined
  );
}

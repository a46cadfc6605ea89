/**
 * Whether a buyer is new to the store, where somebody who knows has said so. Meta's key for it is
 * `custom_data.customer_segmentation`; unknown is left out, never guessed (docs/decisions/0650).
 */
import type { BrowserReport, Conversion, CustomerKind, CustomerSegmentation } from "../model.ts";
import type { OrderFacts } from "../order/order-facts.ts";
import { canHaveBrowserReport, storedKind } from "../order/sale-kinds.ts";

/** Of Meta's nine values the two for the business as a whole: what a store can know. */
export const CUSTOMER_SEGMENTATION: Readonly<Record<CustomerKind, CustomerSegmentation>> = {
  new: "new_customer_to_business",
  returning: "existing_customer_to_business",
};

/** A payment that comes later than this after its order may find a later order counted already. Milliseconds. */
const LATE_PAYMENT_MS = 3_600_000;

/**
 * From the customer inside an order's webhook, which holds `orders_count` and `last_order_id` up to API version 2024-10.
 * Shopify does not say whether the count includes the order itself, so it counts only where that makes no difference or
 * `last_order_id` tells: the customer's last order is this one, or an earlier one (IDs of one store ascend).
 */
export function readCustomerKind(order: OrderFacts): CustomerKind | undefined {
  const { ordersCount: count, lastOrderId: last } = order.customer ?? {};
  if (last !== undefined) {
    if (BigInt(last) < BigInt(order.id)) return "returning";
    if (BigInt(last) > BigInt(order.id) || count === undefined) return undefined;
    return count <= 1 ? "new" : "returning";
  }
  if (count === 0) return "new";
  if (count === undefined || count === 1 || wasPaidLate(order)) return undefined;
  return "returning";
}

function wasPaidLate({ createdAt, updatedAt }: OrderFacts): boolean {
  return createdAt === undefined || updatedAt === undefined || updatedAt - createdAt > LATE_PAYMENT_MS;
}

/**
 * The kind of an order's buyer as both copies carry it: the browser's word (`checkout.order.customer.isFirstOrder` of
 * Shopify's web pixel) goes before the order's own. No report of a source that no buyer's browser belongs to counts.
 */
export function decideCustomerKind(
  conversion: Pick<Conversion, "source" | "segmentation">,
  report: Pick<BrowserReport, "isFirstOrder"> | null,
): { readonly kind: CustomerKind; readonly from: string } | undefined {
  const isFirst = canHaveBrowserReport(storedKind(conversion.source)) ? report?.isFirstOrder : undefined;
  if (isFirst !== undefined) return { kind: isFirst ? "new" : "returning", from: "report.isFirstOrder" };
  const kind = conversion.segmentation?.kind;
  return kind && { kind, from: "order.customer.orders_count" };
}

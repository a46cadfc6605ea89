import type { EventId, EventIdRule } from "./model.ts";

/**
 * Meta's deduplication key: the raw order number ("923177", no prefix, no "#") or the numeric order ID, both as
 * text. An order without a number takes its ID: the browser gets the event ID from the server, so both copies still
 * agree.
 *
 * @param order IDs as digits; `name` is never used, because merchants may write anything into it
 */
export function makeEventId(
  rule: EventIdRule,
  order: { readonly orderId: string; readonly orderNumber?: string | undefined },
): EventId {
  return (rule === "order_number" ? (order.orderNumber ?? order.orderId) : order.orderId) as EventId;
}

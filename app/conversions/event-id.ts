import type { DropReason } from "./clean-text.ts";
import type { Conversion, EventId, EventIdRule } from "./model.ts";

interface OrderIds {
  readonly orderId: string;
  readonly orderNumber?: string | undefined;
}

/**
 * Meta's deduplication key: the raw order number ("923177", no prefix, no "#") or the numeric order ID, both as
 * text. An order without a number takes its ID: the browser gets the event ID from the server, so both copies still
 * agree.
 *
 * @param order IDs as digits; `name` is never used, because merchants may write anything into it
 */
export function makeEventId(rule: EventIdRule, order: OrderIds): EventId {
  return (rule === "order_number" ? (order.orderNumber ?? order.orderId) : order.orderId) as EventId;
}

/** The event ID of a stored conversion (`conversion.event_id`), made here when it was taken in. */
export function storedEventId(column: string): EventId {
  return column as EventId;
}

interface Form {
  readonly eventId: EventId;
  readonly from: string;
}

/**
 * The event IDs that an order may take, the wanted one first: its number, its ID, and its ID with a prefix. Shopify does
 * not promise that a number is used once in a store (`Order.number`), and an order's ID may be the number of another.
 * The last form is no digits, so no other order can have it.
 */
function formsOf(rule: EventIdRule, order: OrderIds): readonly Form[] {
  const forms = [
    { eventId: makeEventId(rule, order), from: eventIdSource(rule, order) },
    { eventId: order.orderId as EventId, from: "order.id" },
    { eventId: `order-${order.orderId}` as EventId, from: "order.id" },
  ];
  return forms.filter(({ eventId }, at) => forms.findIndex((form) => form.eventId === eventId) === at);
}

/** The place in the order that the rule takes the event ID from. */
export function eventIdSource(rule: EventIdRule, order: OrderIds): "order.order_number" | "order.id" {
  return rule === "order_number" && order.orderNumber !== undefined ? "order.order_number" : "order.id";
}

/** Why an order does not have the event ID that its rule asks for: another order of the store has it. */
export const USED_BY_ANOTHER_ORDER: DropReason = "used_by_another_order";

/**
 * The conversion under its next event ID, for when another order of the store has the one it asked for; undefined after
 * the last, which no other order can have. Noted in `dropped`. For before the conversion is stored: after it, an ID never
 * changes (docs/decisions/0660).
 */
export function withNextEventId(conversion: Conversion): Conversion | undefined {
  const forms = formsOf(conversion.eventIdRule, conversion);
  const at = forms.findIndex(({ eventId }) => eventId === conversion.eventId);
  const [taken, next] = [forms[at], forms[at + 1]];
  if (taken === undefined || next === undefined) return undefined;
  return {
    ...conversion,
    eventId: next.eventId,
    dropped: [...conversion.dropped, { key: "event_id", from: taken.from, reason: USED_BY_ANOTHER_ORDER }],
    ...(conversion.provenance && {
      provenance: conversion.provenance.map((each) =>
        each.key === "event_id" ? { ...each, from: next.from } : each,
      ),
    }),
  };
}

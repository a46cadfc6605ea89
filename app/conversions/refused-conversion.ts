import { purchase } from "../../extensions/contract/events/purchase.ts";
import { makeEventId } from "./event-id.ts";
import type { Conversion } from "./model.ts";

/**
 * What is kept of an order that cannot be stored as it is: its ID, and that it was refused. Nothing that the order holds,
 * since that is what could not be stored; never sent.
 *
 * @param orderId digits
 * @param now unix milliseconds
 */
export function refusedConversion(orderId: string, now: number): Conversion {
  const seconds = Math.floor(now / 1000);
  return {
    eventName: purchase.name,
    orderId,
    eventId: makeEventId("order_id", { orderId }),
    eventIdRule: "order_id",
    eventTime: seconds,
    paidAt: seconds,
    source: "other",
    actionSource: "other",
    customer: {},
    client: {},
    // XXX: ISO 4217 for "no currency". The amount is not known and shown nowhere.
    purchase: { value: 0, currency: "XXX", order_id: orderId },
    shopValue: { amount: 0, currency: "XXX" },
    consent: { policy: "strict", flags: {} },
    skip: "refused",
    dropped: [],
    provenance: [],
  };
}

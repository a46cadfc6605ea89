import type { ActionSource, Conversion } from "./model.ts";
import { noteSource, type MappingNotes } from "./mapping-notes.ts";
import { isPastSale } from "./order/kind-of-sale.ts";
import type { OrderFacts } from "./order/order-facts.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Meta takes events up to this age; one older event fails the whole request (100/2804003). Seconds. */
export const MAX_EVENT_AGE: Readonly<Record<ActionSource, number>> = {
  website: 7 * DAY,
  other: 7 * DAY,
  system_generated: 7 * DAY,
  physical_store: 62 * DAY,
};

/** Kept in hand for the time between building an event and Meta reading it, batch and retries included. Seconds. */
const AGE_MARGIN = HOUR;

/**
 * How far the browser's clock may lie from Shopify's and still be believed. Below an hour, so that a clock set to the
 * wrong zone or summer time never passes; a drifting one does. Milliseconds.
 */
export const CLIENT_CLOCK_TOLERANCE = 30 * 60 * 1000;

export interface OrderTimes {
  /** Unix seconds; undefined where the order carries no usable time. */
  readonly orderTime: number | undefined;
  /** Unix seconds. */
  readonly paidAt: number;
}

/**
 * When an order was placed and when it was paid, as Shopify tells it. `updated_at` is the payment's time as far as a
 * webhook knows: it is written when the order becomes paid and delivered at once. A past sale that was brought over has
 * only its own date: the import is no payment. A payment ahead of our clock is read as the moment of intake.
 *
 * @param now unix milliseconds
 */
export function readOrderTimes(order: OrderFacts, now: number, notes: MappingNotes): OrderTimes {
  const [orderTime, from] =
    order.processedAt !== undefined
      ? [order.processedAt, "order.processed_at"]
      : order.createdAt !== undefined
        ? [order.createdAt, "order.created_at"]
        : [order.paidAt ?? order.updatedAt, "order.updated_at"];
  const payment = isPastSale(order) ? orderTime : (order.paidAt ?? order.updatedAt);
  const paidAt = Math.min(payment ?? now, now);
  if (orderTime !== undefined) noteSource(notes, "event_time", from);
  return {
    orderTime: orderTime === undefined ? undefined : toUnixSeconds(orderTime),
    paidAt: toUnixSeconds(paidAt),
  };
}

/** Meta counts in whole seconds; rounding down never moves a time into the future. */
function toUnixSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

export interface EventTimeFacts {
  /** Unix milliseconds by the browser's clock; undefined: no browser reported one. */
  readonly clientTime: number | undefined;
  /** Unix seconds: what the copies were given before. It is kept, and only its age is judged. */
  readonly given?: number | undefined;
  /** Unix milliseconds. */
  readonly now: number;
}

export interface EventTime {
  /** Unix seconds; where it is too old, the time that was given before, else the order's. */
  readonly eventTime: number;
  readonly from: "given" | "browser" | "order" | "payment";
  /** Meta does not take it any more. */
  readonly isTooOld: boolean;
  /** Unix milliseconds: past it Meta refuses the event. */
  readonly expiresAt: number;
}

/**
 * The one event time of a conversion for both of its copies, and how long Meta takes it. The browser's time where it is
 * credible, else the order's; the payment's where the order is older than Meta takes (late capture, bank transfer).
 * Never in the future, and never "now": an order sent late keeps its time. Intake, the meeting with the browser's report
 * and the building of the event all ask here and decide nothing themselves.
 */
export function decideEventTime(
  conversion: Pick<Conversion, "eventTime" | "paidAt" | "actionSource">,
  { clientTime, given, now }: EventTimeFacts,
): EventTime {
  const judge = (eventTime: number, from: EventTime["from"]): EventTime => {
    const expiresAt = (eventTime + MAX_EVENT_AGE[conversion.actionSource] - AGE_MARGIN) * 1000;
    return { eventTime, from, isTooOld: now > expiresAt, expiresAt };
  };
  if (given !== undefined) return judge(given, "given");
  const order = judge(conversion.eventTime, "order");
  const candidates = [
    ...(clientTime !== undefined && isCredible(clientTime, conversion.eventTime)
      ? [judge(Math.floor(clientTime / 1000), "browser")]
      : []),
    order,
    judge(conversion.paidAt, "payment"),
  ];
  const first = candidates.find((each) => each.eventTime * 1000 <= now && !each.isTooOld);
  return first ?? { ...order, isTooOld: true };
}

function isCredible(clientTime: number, orderTime: number): boolean {
  return Number.isFinite(clientTime) && Math.abs(clientTime - orderTime * 1000) <= CLIENT_CLOCK_TOLERANCE;
}

import type { ActionSource } from "./model.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Meta takes events up to this age; one older event fails the whole request (100/2804003). Seconds. */
const MAX_AGE: Readonly<Record<ActionSource, number>> = {
  website: 7 * DAY,
  other: 7 * DAY,
  system_generated: 7 * DAY,
  physical_store: 62 * DAY,
};

/** How old an event of this source may be when Meta reads it. Seconds. */
export function maxEventAge(actionSource: ActionSource): number {
  return MAX_AGE[actionSource];
}

/** Kept in hand for the time between building an event and Meta reading it, batch and retries included. Seconds. */
export const EVENT_AGE_MARGIN = HOUR;

/**
 * How far the browser's clock may lie from Shopify's and still be believed. Below an hour, so that a clock set to the
 * wrong zone or summer time never passes; a drifting one does. Milliseconds.
 */
export const CLIENT_CLOCK_TOLERANCE = 30 * 60 * 1000;

export interface EventTimeInput {
  /** Unix seconds: the order's own time (`processed_at`). */
  readonly orderTime: number;
  /** Unix seconds: when it was paid. */
  readonly paidAt: number;
  readonly actionSource: ActionSource;
  /** Unix milliseconds by the browser's clock, where a browser reported. */
  readonly clientTime?: number | undefined;
  /** Unix milliseconds. */
  readonly now: number;
}

export type EventTime =
  | { readonly kind: "time"; readonly eventTime: number; readonly from: "browser" | "order" | "payment" }
  | { readonly kind: "too_old" };

/**
 * The one event time of a conversion, in Unix seconds, for both of its copies: the browser's time where it is
 * credible, else the order's; the payment's where the order is older than Meta takes (late capture, bank transfer).
 * Never in the future, and never "now": an order sent late keeps its time.
 */
export function decideEventTime(input: EventTimeInput): EventTime {
  const { orderTime, paidAt, clientTime, actionSource, now } = input;
  const candidates = [
    ...(clientTime !== undefined && isCredible(clientTime, orderTime)
      ? [{ eventTime: Math.floor(clientTime / 1000), from: "browser" } as const]
      : []),
    { eventTime: orderTime, from: "order" } as const,
    { eventTime: paidAt, from: "payment" } as const,
  ];
  for (const { eventTime, from } of candidates) {
    if (eventTime * 1000 <= now && !isTooOld(eventTime, actionSource, now))
      return { kind: "time", eventTime, from };
  }
  return { kind: "too_old" };
}

function isCredible(clientTime: number, orderTime: number): boolean {
  return Number.isFinite(clientTime) && Math.abs(clientTime - orderTime * 1000) <= CLIENT_CLOCK_TOLERANCE;
}

/**
 * @param eventTime Unix seconds
 * @param now Unix milliseconds
 */
export function isTooOld(eventTime: number, actionSource: ActionSource, now: number): boolean {
  return now / 1000 - eventTime > MAX_AGE[actionSource] - EVENT_AGE_MARGIN;
}

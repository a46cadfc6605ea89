import { dayIn, shift } from "../../quality/store-period.ts";

/** How far back the comparison goes. */
export const DAYS_COMPARED = 30;
/** Days that are asked for again: a payment can be confirmed late, and Shopify's search index lags. */
const ASKED_AGAIN = 7;
/** Shopify is asked for a day once it has been over for so long: by then every webhook and two sweeps have had their time. */
const AFTER_MS = 3_600_000;

/** Days by the store's calendar, YYYY-MM-DD, both included. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/**
 * The days that Shopify is to be asked for now: those that are over for an hour, once a day. Not the day of the installation
 * and those before it, whose orders Tandem did not take in. Pure.
 *
 * @param newest the newest day that is there; null = none yet
 * @returns null while there is nothing new to ask
 */
export function chooseShopifyDays(store: {
  readonly timeZone: string;
  readonly now: number;
  readonly installedAt: number;
  readonly newest: string | null;
}): DaySpan | null {
  const { timeZone, now, newest } = store;
  const to = shift(dayIn(timeZone, now - AFTER_MS), -1);
  if (newest !== null && newest >= to) return null;
  const first = later(shift(to, 1 - DAYS_COMPARED), shift(dayIn(timeZone, store.installedAt), 1));
  const again = shift(to, 1 - ASKED_AGAIN);
  const from = newest === null ? first : later(first, earlier(again, shift(newest, 1)));
  return from > to ? null : { from, to };
}

const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string, b: string): string => (a < b ? a : b);

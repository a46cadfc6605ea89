import type { SaleKind } from "../../conversions/model.ts";

/**
 * An order of a file, as far as the audit needs it: names, times and amounts. Of the buyer nothing but whether something is
 * there; the rest is let go while the file is read.
 */
export interface FileOrder {
  readonly line: number;
  /** As the merchant calls it, such as "#1001". */
  readonly name: string;
  /** Shopify's ID, digits. */
  readonly orderId: string | null;
  /** Order number, digits. */
  readonly number: string | null;
  /** YYYY-MM-DD, by the store's calendar: the payment's day, else the order's. */
  readonly day: string;
  /** Unix milliseconds; null where the file does not tell. */
  readonly paidAt: number | null;
  readonly placedAt: number | null;
  /** Money has come in, whatever was refunded since. */
  readonly isPaid: boolean;
  readonly isTest: boolean;
  readonly source: SaleKind;
  readonly currency: string | null;
  readonly total: number | null;
  /** What the value of an event may rightly be: total, subtotal, and either without tax or shipping. */
  readonly amounts: readonly number[];
  /** ISO alpha-2. */
  readonly country: string | null;
  /** Names of customer information keys for which the order has something; null where the file leaves them out. */
  readonly keys: readonly string[] | null;
  /** Whether its first page carried Meta's click ID; null where the file does not tell. */
  readonly landedByAd: boolean | null;
}

const PAID = ["paid", "partially_refunded", "refunded"];

/** Words of Shopify's financial status, in any case; "partially refunded" is written both ways. */
export function isPaidStatus(status: string): boolean {
  return PAID.includes(status.trim().toLowerCase().replaceAll(" ", "_"));
}

/** Shopify's gateway for tests, as exports name it. */
export function isTestGateway(gateways: string): boolean {
  return /\bbogus\b/i.test(gateways);
}

/** Every amount that an event may state for these. */
export function rightAmounts(parts: {
  readonly total: number | null;
  readonly subtotal: number | null;
  readonly shipping: number | null;
  readonly tax: number | null;
  readonly refunded: number | null;
}): readonly number[] {
  const { total, subtotal } = parts;
  const [shipping, tax, refunded] = [parts.shipping ?? 0, parts.tax ?? 0, parts.refunded ?? 0];
  const found = [
    ...(total === null
      ? []
      : [total, total - shipping, total - tax, total - shipping - tax, total - refunded]),
    ...(subtotal === null ? [] : [subtotal, subtotal - tax, subtotal + tax]),
  ];
  return [...new Set(found)];
}

const known = new Map<string, readonly string[]>();

/** One list for all orders that have the same keys. */
export function sharedKeys(keys: readonly string[]): readonly string[] {
  const name = keys.join(" ");
  const found = known.get(name) ?? keys;
  known.set(name, found);
  return found;
}

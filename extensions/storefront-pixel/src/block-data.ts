import type { StorefrontWindow } from "./storefront-window.ts";

/** What the app writes into the store's metafield; the block hands it over as it is. */
export interface StorefrontSettings {
  v: 1;
  /** Active datasets. */
  datasets: string[];
  /** Share of browsers that send the daily heartbeat, 0..1. */
  heartbeat: number;
  /** Address of Meta's library. */
  fbevents: string;
  /** Whether Limited Data Use applies to visitors who refuse the sale of data. */
  ldu: boolean;
  /** Whether a page view is reported; absent = it is. */
  pageView?: boolean;
}

/** The order of a customer's order page; `paidAt` is Unix seconds of the last successful payment. */
export interface PageOrder {
  id: number | string;
  status: string | null;
  paidAt: number;
}

export interface BlockData {
  shop: string;
  page: string | null;
  order?: PageOrder;
  /** Address of the second script; pages that were kept from before version 1.3.0 have none. */
  beat?: string;
  /** Null until the app has written the metafield. */
  settings: StorefrontSettings | null;
}

/** Reads what the block left in the page; null where it is missing or not as we write it, and then nothing must happen. */
export function readBlockData(page: StorefrontWindow): BlockData | null {
  try {
    const data: unknown = JSON.parse(page.document.getElementById("tandem-pixel")?.textContent ?? "");
    return isBlockData(data) ? data : null;
  } catch {
    return null;
  }
}

/** Looks at what the script relies on; an order's figures are compared where they are used, and odd ones fire nothing. */
function isBlockData(value: unknown): value is BlockData {
  if (!isRecord(value)) return false;
  const { settings } = value;
  return !settings || (isRecord(settings) && Array.isArray(settings["datasets"]));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return Object(value) === value;
}

import { purchase } from "../../../extensions/contract/events/purchase.ts";

/** Which of Meta's two ways an event came by. */
export type Side = "browser" | "server";

/** One event, or several that a file counts together, as an export of Meta's or a log of a sender's has it. */
export interface FileEvent {
  readonly kind: "event";
  /** Line of the file. */
  readonly line: number;
  /** `Purchase` however the file spells it; other names as they are. */
  readonly name: string;
  /** Unix milliseconds; null where the file names no time zone. */
  readonly at: number | null;
  /** YYYY-MM-DD */
  readonly day: string;
  readonly eventId: string | null;
  /** null where the file does not tell. */
  readonly side: Side | null;
  readonly value: number | null;
  readonly currency: string | null;
  /** More than one where the file counts events of one ID. */
  readonly count: number;
  /** Sent with a test event code. */
  readonly isTest: boolean;
  /** `custom_data.order_id`, as it is written. */
  readonly orderId: string | null;
}

/** A day's number of events of one name. */
export interface FileTotal {
  readonly kind: "total";
  readonly line: number;
  readonly name: string;
  readonly day: string;
  readonly browser: number | null;
  readonly server: number | null;
  readonly total: number;
  readonly value: number | null;
  readonly currency: string | null;
}

export type FileEventRow = FileEvent | FileTotal;

/** The event that stands for a sale. */
export const PURCHASE = purchase.name;

const LONGEST_NAME = 64;

/** Events Manager writes "Purchase", "Purchases" or "Website purchases"; `offsite_conversion.fb_pixel_purchase` is its old name. */
export function eventName(cell: string): string {
  const name = cell
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, LONGEST_NAME)
    .toWellFormed();
  return /^(website |web )?purchases?$|fb_pixel_purchase$/i.test(name) ? PURCHASE : name;
}

const LONGEST_ID = 200;

/** An ID as it is compared: whole, without white space around it; null where there is none. */
export function eventIdOf(cell: string): string | null {
  const id = cell.toWellFormed().trim();
  if (id === "" || /^(null|undefined|nan|none|n\/a|-)$/i.test(id)) return null;
  return id.slice(0, LONGEST_ID).toWellFormed();
}

/** From words such as "Browser", "Meta Pixel", "Server", "Conversions API"; `website` is both sides' word. */
export function sideOf(cell: string): Side | null {
  const isBrowser = /browser|pixel/i.test(cell);
  const isServer = /server|conversions? api|capi/i.test(cell);
  if (isBrowser === isServer) return null;
  return isBrowser ? "browser" : "server";
}

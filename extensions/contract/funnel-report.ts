import type { ConsentFlags } from "./consent-flags.ts";
import type { EventParameters } from "./events/event-declaration.ts";
import type { Outcome } from "./fired-report.ts";

/** Meta's keys of customer information that a browser may know, each a SHA-256 in hexadecimal of the normalised value. */
export const VISITOR_KEYS = ["em", "ph", "fn", "ln", "ct", "st", "zp", "country", "external_id"] as const;
export type VisitorKey = (typeof VISITOR_KEYS)[number];
export type KnownVisitor = { [Key in VisitorKey]?: string };

/** One event as the pixel tells the app; both copies have its ID, time and parameters. Absent keys are absent. */
export interface ReportedEvent {
  /** Meta's name. */
  name: string;
  /** Shopify's ID of the event. */
  id: string;
  /** Unix milliseconds by the buyer's clock, as Shopify's event has it. */
  time: number;
  /** Public part of the page's address. */
  page?: string;
  /** What became of the browser copy, over all datasets; see overallOutcome. */
  outcome: Outcome;
  /** Position in `visitors`: what was known of the visitor when the browser copy left. */
  visitor: number;
  parameters: EventParameters;
}

/** Who the visitor was, as far as the browser knew at one moment. */
export interface ReportedVisitor {
  fbp?: string;
  fbc?: string;
  known?: KnownVisitor;
}

/**
 * Body of POST /pixel/events, version 1: the events of one page with a server copy. Only of a visitor who allowed marketing
 * at each of them and allows it now.
 */
export interface FunnelReport {
  v: 1;
  shop: string;
  /** Unix milliseconds by the buyer's clock when this request left: the app sees how wrong that clock is. */
  sentAt: number;
  consent: ConsentFlags;
  userAgent?: string;
  visitors: ReportedVisitor[];
  events: ReportedEvent[];
}

/** Events of one request: what keepalive lets through in any browser (64 kB) holds more than this. */
export const MOST_EVENTS = 25;
/** Bytes of one request's body. */
export const LARGEST_REPORT = 48_000;

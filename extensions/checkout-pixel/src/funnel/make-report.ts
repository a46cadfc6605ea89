import type { ConsentFlags } from "../../../contract/consent-flags.ts";
import {
  type FunnelReport,
  LARGEST_REPORT,
  MOST_EVENTS,
  type ReportedEvent,
  type ReportedVisitor,
} from "../../../contract/funnel-report.ts";

/** One event on its way to the app, with the visitor as its browser copy had them. */
export interface WaitingEvent extends Omit<ReportedEvent, "visitor"> {
  visitor: ReportedVisitor;
}

/** What a report says beside its events. */
export interface ReportFrame {
  readonly shop: string;
  readonly sentAt: number;
  readonly consent: ConsentFlags;
  readonly userAgent?: string;
}

/** Body of the request for the first of the waiting events, as many as it may hold; at least one. */
export function makeReport(waiting: readonly WaitingEvent[], frame: ReportFrame): FunnelReport {
  for (let count = Math.min(waiting.length, MOST_EVENTS); ; count = Math.floor(count / 2)) {
    const report = reportOf(waiting.slice(0, count), frame);
    if (count < 2 || new Blob([JSON.stringify(report)]).size <= LARGEST_REPORT) return report;
  }
}

function reportOf(waiting: readonly WaitingEvent[], frame: ReportFrame): FunnelReport {
  const visitors = [...new Set(waiting.map(({ visitor }) => JSON.stringify(visitor)))];
  return {
    v: 1,
    visitors: visitors.map((text) => JSON.parse(text) as ReportedVisitor),
    events: waiting.map((event) => ({
      ...event,
      visitor: visitors.indexOf(JSON.stringify(event.visitor)),
    })),
    ...frame,
  };
}

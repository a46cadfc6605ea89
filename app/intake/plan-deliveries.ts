import { decideEventTime } from "../conversions/decide-event-time.ts";
import type { BrowserReport, Conversion } from "../conversions/model.ts";
import { awaitsBrowserReport } from "../conversions/order/sale-kinds.ts";

/** What the outbox holds for a conversion at birth. */
export interface PlannedDelivery {
  readonly datasetId: bigint;
  readonly state: "waiting" | "due" | "skipped";
  readonly skipReason: string | null;
  /** Unix milliseconds. */
  readonly dueAt: number;
  /** Unix milliseconds: past it Meta refuses the event. */
  readonly expiresAt: number;
}

export interface PlanFacts {
  readonly report: Pick<BrowserReport, "clientTime"> | null;
  readonly store: {
    readonly datasetIds: readonly bigint[];
    readonly reportWaitSeconds: number;
    readonly webPixelConnected: boolean;
  };
  /** Unix milliseconds */
  readonly now: number;
}

/** An order older than this at its payment was paid late: its buyer's browser is gone. */
const LATE_PAYMENT_MS = 10 * 60_000;

/**
 * When each copy may go, and under which event time. A delivery waits for the browser report only when one can still
 * come: a sale whose buyer passed Shopify's checkout (`awaitsBrowserReport`), just paid, in a store whose web pixel is
 * connected.
 */
export function planDeliveries(
  conversion: Conversion,
  { report, store, now }: PlanFacts,
): {
  /** Unix seconds */
  readonly eventTime: number;
  readonly deliveries: readonly PlannedDelivery[];
} {
  const time = decideEventTime(conversion, { clientTime: report?.clientTime, now });
  const skip = conversion.skip ?? (time.isTooOld ? "too_old" : null);
  const canStillReport =
    !report &&
    awaitsBrowserReport(conversion.source, conversion) &&
    store.webPixelConnected &&
    now - conversion.eventTime * 1000 < LATE_PAYMENT_MS;
  const wait = canStillReport ? store.reportWaitSeconds * 1000 : 0;
  const deliveries = store.datasetIds.map((datasetId): PlannedDelivery => ({
    datasetId,
    state: skip ? "skipped" : wait > 0 ? "waiting" : "due",
    skipReason: skip,
    dueAt: now + (skip ? 0 : wait),
    expiresAt: time.expiresAt,
  }));
  return { eventTime: time.eventTime, deliveries };
}

import { copiesOf } from "../../extensions/contract/events/copies-of.ts";
import { isThinIdentity } from "../meta/build-server-event.ts";
import { buildFunnelEvent, type FunnelClient } from "./build-funnel-event.ts";
import { decideFunnelTime } from "./decide-funnel-time.ts";
import type { FunnelRequest } from "./read-funnel-report.ts";
import type { FunnelStore } from "./funnel-stores.server.ts";
import type { FunnelRow } from "./write-funnel-events.server.ts";

/** What becomes of one reported event: label of a metric. */
export type FunnelResult = "taken" | "thin_identity" | "not_wanted" | "too_old" | "future" | "shed";

export interface FunnelPlan {
  readonly rows: readonly FunnelRow[];
  /** By event name and result. */
  readonly results: readonly { readonly eventName: string; readonly result: FunnelResult }[];
}

/**
 * Which rows a request makes, one for each event and active dataset, and what becomes of each event. Pure.
 *
 * @param input.least events of a lower priority are given up (decide-shed.ts)
 * @param input.now Unix milliseconds
 */
export function planFunnelRows(input: {
  readonly report: FunnelRequest;
  readonly store: FunnelStore;
  readonly client: FunnelClient;
  readonly least: number;
  readonly now: number;
}): FunnelPlan {
  const { report, store, client, now } = input;
  const rows: FunnelRow[] = [];
  const results = report.events.map((event) => {
    const { name: eventName, priority } = event.declaration;
    const result = (): FunnelResult => {
      if (copiesOf(store.events, eventName) !== "both") return "not_wanted";
      if (priority < input.least) return "shed";
      const time = decideFunnelTime(event.time, report.sentAt, now);
      if (time.kind !== "at") return time.kind;
      const built = buildFunnelEvent(event, client, report.consent, { at: time.at, now });
      const isThin = isThinIdentity(built.user_data);
      for (const datasetId of store.datasetIds)
        rows.push({
          storeId: store.id,
          datasetId,
          eventTime: time.at,
          receivedAt: now,
          outcome: event.outcome,
          event: built,
          isThin,
        });
      return isThin ? "thin_identity" : "taken";
    };
    return { eventName, result: result() };
  });
  return { rows, results };
}

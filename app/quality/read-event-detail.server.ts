import type { Store } from "@prisma/client";

import { shownState, type DeliveryState } from "../delivery/delivery-state.ts";
import { GRAPH_VERSION } from "../meta/version.ts";
import type { Database } from "../platform/database.server.ts";
import { readBrowserCopy, readServerCopy, type CopyView } from "./compare-copies.ts";
import { eventTimeline, type TimelineEntry } from "./event-timeline.ts";
import { judgeEvent, type Verdict } from "./judge-event.ts";
import { writeCurl } from "./write-curl.ts";

export interface EventDetail {
  readonly id: string;
  readonly orderName: string;
  readonly orderId: string | null;
  readonly eventName: string;
  readonly eventId: string;
  readonly source: string;
  readonly via: string;
  readonly paidAt: number;
  readonly value: number | null;
  readonly currency: string | null;
  readonly pairing: string;
  readonly consent: string | null;
  readonly erased: boolean;
  readonly verdict: Verdict;
  readonly browser: CopyView | null;
  readonly server: CopyView | null;
  readonly browserOutcome: string | null;
  readonly timeline: readonly TimelineEntry[];
  readonly deliveries: readonly DetailDelivery[];
}

export interface DetailDelivery {
  readonly id: string;
  readonly dataset: string;
  readonly datasetId: string;
  readonly state: string;
  readonly skipReason: string | null;
  readonly lastMessage: string | null;
  readonly attempts: number;
  readonly nextAt: number | null;
  /** The event as it was sent, hashes and all; null before the first try and after the retention time. */
  readonly payload: object | null;
  readonly curl: string | null;
  /** Whether a person may ask for it again. */
  readonly canRetry: boolean;
  /** Unix milliseconds; past it Meta refuses the event. */
  readonly expiresAt: number;
}

/** One event of one store, or null: another store's event is as unknown as one that never was. */
export async function readEventDetail(
  database: Database,
  input: {
    readonly store: Pick<Store, "id">;
    readonly id: string;
    readonly graphUrl: string;
    readonly now: number;
  },
): Promise<EventDetail | null> {
  if (!/^\d{1,18}$/.test(input.id)) return null;
  const row = await database.prisma.conversion.findFirst({
    where: { id: BigInt(input.id), storeId: input.store.id },
    include: {
      deliveries: {
        orderBy: { datasetId: "asc" },
        include: { dataset: true, tries: { include: { attempt: true }, orderBy: { number: "asc" } } },
      },
    },
  });
  if (!row) return null;
  const reports = await database.prisma.browserReport.findMany({
    where: { storeId: input.store.id, conversionId: row.id },
    orderBy: { id: "asc" },
  });
  const fired = reports.findLast((each) => each.answer === "fire");
  const deliveries = row.deliveries.map((each): DetailDelivery => {
    const state = shownState(each.state as DeliveryState, each.dataset);
    const planned = state === "waiting" || state === "due" || state === "retrying";
    const payload = isObject(each.sentPayload) ? each.sentPayload : null;
    return {
      id: String(each.id),
      dataset: each.dataset.name ?? each.dataset.datasetId,
      datasetId: each.dataset.datasetId,
      state,
      skipReason: each.skipReason,
      lastMessage: each.lastMessage,
      attempts: each.attempts,
      nextAt: planned ? each.dueAt.getTime() : null,
      payload,
      curl: payload && writeCurl(input.graphUrl, GRAPH_VERSION, each.dataset.datasetId, payload),
      canRetry: ["dead", "retrying", "held"].includes(each.state) && each.expiresAt.getTime() > input.now,
      expiresAt: each.expiresAt.getTime(),
    };
  });
  const sent =
    row.deliveries.find((each) => each.state === "delivered") ??
    row.deliveries.find((each) => each.sentPayload);
  return {
    id: String(row.id),
    orderName: row.orderName ?? row.orderNumber ?? row.sourceKey,
    orderId: row.orderId,
    eventName: row.eventName,
    eventId: row.eventId,
    source: row.source,
    via: row.via,
    paidAt: row.paidAt.getTime(),
    value: row.value?.toNumber() ?? null,
    currency: row.currency,
    pairing: row.pairing,
    consent:
      row.consentKind === null ? null : [row.consentKind, row.consentReason].filter(Boolean).join(": "),
    erased: row.redactedAt !== null,
    verdict: judgeEvent({
      pairing: row.pairing,
      source: row.source,
      states: deliveries.map((each) => each.state),
      skipReasons: deliveries.flatMap((each) => (each.skipReason === null ? [] : [each.skipReason])),
      browserOutcome: fired?.outcome ?? null,
      hasAttempts: row.deliveries.some((each) => each.tries.length > 0),
    }),
    browser: fired ? readBrowserCopy(fired.copy, browserKeys(fired.document)) : null,
    server: sent ? readServerCopy(sent.sentPayload) : null,
    browserOutcome: fired?.outcome ?? null,
    timeline: eventTimeline({
      paidAt: row.paidAt.getTime(),
      receivedAt: row.receivedAt.getTime(),
      via: row.via,
      reports: reports.map((each) => ({
        receivedAt: each.receivedAt.getTime(),
        answeredAt: each.answeredAt?.getTime() ?? null,
        answer: each.answer,
        outcomeAt: each.outcomeAt?.getTime() ?? null,
        outcome: each.outcome,
      })),
      deliveries: row.deliveries.map((each, index) => ({
        dataset: each.dataset.name ?? each.dataset.datasetId,
        state: each.state,
        skipReason: each.skipReason,
        createdAt: each.createdAt.getTime(),
        nextAt: deliveries[index]?.nextAt ?? null,
        settledAt: each.settledAt?.getTime() ?? null,
        attempts: each.tries.map(({ attempt }) => ({ ...attempt, at: attempt.startedAt.getTime() })),
      })),
    }),
    deliveries,
  };
}

/** What the Pixel carries of its own: the browser's IDs where the report named them; address and agent always travel. */
function browserKeys(document: unknown): readonly string[] {
  const known = isObject(document) ? document : {};
  return [
    ...("fbc" in known ? ["fbc"] : []),
    ...("fbp" in known ? ["fbp"] : []),
    "client_ip_address",
    "client_user_agent",
  ].sort();
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

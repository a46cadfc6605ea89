import type { Conversion, Store } from "@prisma/client";

import type { Dropped } from "../conversions/model.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Text } from "../texts/texts.ts";
import { readBrowserCopy, readServerCopy, type CopyView } from "./compare-copies.ts";
import { findFire } from "./dataset-pairing.ts";
import { detailDelivery, type DetailDelivery } from "./detail-delivery.server.ts";
import { eventNotes, isNumberTaken } from "./event-notes.ts";
import { eventTimeline, type TimelineEntry } from "./event-timeline.ts";

export type { DetailDelivery } from "./detail-delivery.server.ts";

export interface EventDetail {
  readonly id: string;
  readonly orderName: string;
  readonly orderId: string | null;
  readonly eventName: string;
  readonly eventId: string;
  readonly source: string;
  readonly paidAt: number;
  readonly value: number | null;
  readonly currency: string | null;
  readonly pairing: string;
  readonly erased: boolean;
  /** What the merchant should know of how it was made. */
  readonly notes: readonly Text[];
  readonly browser: CopyView | null;
  readonly server: CopyView | null;
  /** `tried`: sent, and not accepted; `open`: may still be sent. */
  readonly serverState: "accepted" | "tried" | "open" | "none";
  /** The dataset whose server copy is shown. */
  readonly serverDataset: string | null;
  readonly browserOutcome: string | null;
  readonly timeline: readonly TimelineEntry[];
  readonly deliveries: readonly DetailDelivery[];
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
  const dropped = droppedOf(row.document);
  const numberOwner = isNumberTaken(dropped) ? await findNumberOwner(database, row) : null;
  const fired = findFire(row, reports);
  const deliveries = row.deliveries.map((each) => detailDelivery(each, row, reports, input));
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
    paidAt: row.paidAt.getTime(),
    value: row.value?.toNumber() ?? null,
    currency: row.currency,
    pairing: row.pairing,
    erased: row.redactedAt !== null,
    notes: eventNotes({
      actionSource: row.actionSource,
      orderNumber: row.orderNumber,
      dropped,
      sentKeys: row.deliveries.flatMap((each) => each.sentKeys),
      numberOwner,
    }),
    browser: fired ? readBrowserCopy(fired.copy, browserKeys(fired.document)) : null,
    server: sent ? readServerCopy(sent.sentPayload) : null,
    serverState: serverStateOf(row.deliveries),
    serverDataset: sent ? (sent.dataset.name ?? sent.dataset.datasetId) : null,
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
        skipConsent: row.consentReason,
        attempts: each.tries.map(({ attempt }) => ({ ...attempt, at: attempt.startedAt.getTime() })),
      })),
    }),
    deliveries,
  };
}

function serverStateOf(
  deliveries: readonly {
    readonly state: string;
    readonly firstSentAt: Date | null;
    readonly sentPayload: unknown;
  }[],
): EventDetail["serverState"] {
  if (deliveries.some((each) => each.state === "delivered")) return "accepted";
  if (deliveries.some((each) => each.sentPayload !== null || each.firstSentAt !== null)) return "tried";
  return deliveries.some((each) => each.state !== "skipped" && each.state !== "dead") ? "open" : "none";
}

function droppedOf(document: unknown): readonly Dropped[] {
  const dropped = isObject(document) && "dropped" in document ? document.dropped : undefined;
  return Array.isArray(dropped) ? dropped.filter(isDropped) : [];
}

function isDropped(value: unknown): value is Dropped {
  return isObject(value) && "key" in value && "from" in value && "reason" in value;
}

/** The order whose event ID is this order's number. */
async function findNumberOwner(
  { prisma }: Database,
  row: Pick<Conversion, "id" | "storeId" | "eventName" | "orderNumber">,
): Promise<{ readonly orderId: string; readonly orderName: string | null } | null> {
  if (row.orderNumber === null) return null;
  const { storeId, eventName, orderNumber: eventId } = row;
  const owner = await prisma.conversion.findFirst({
    where: { storeId, eventName, eventId, eventIdShared: false, id: { not: row.id } },
    select: { sourceKey: true, orderName: true },
  });
  return owner && { orderId: owner.sourceKey, orderName: owner.orderName };
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

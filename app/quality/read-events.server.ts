import { Prisma, type Conversion, type Dataset, type Delivery, type Store } from "@prisma/client";

import { shownPairing, type ShownPairing } from "../conversions/shown-pairing.ts";
import { shownState, type DeliveryState } from "../delivery/delivery-state.ts";
import type { Pairing } from "../pairing/decide-pairing.ts";
import type { Database } from "../platform/database/database.server.ts";
import { findFire, pairAtDataset } from "./dataset-pairing.ts";
import { eventConditions, type EventConditions } from "./event-conditions.server.ts";
import type { EventFilters } from "./event-filters.ts";
import { OF_FACET, withFacets } from "./facets.server.ts";

export interface EventRow {
  readonly id: string;
  readonly orderName: string;
  /** Shopify's ID of the order; null for a test purchase. */
  readonly orderId: string | null;
  /** Unix milliseconds. */
  readonly receivedAt: number;
  readonly paidAt: number;
  readonly eventName: string;
  readonly eventId: string;
  readonly source: string;
  readonly value: number | null;
  readonly currency: string | null;
  /** Of the whole store. */
  readonly pairing: ShownPairing;
  /** ISO alpha-2 of the buyer's country; null where it is not known or not kept any more. */
  readonly country: string | null;
  /** Why it was sent, limited or not sent, as far as that was the buyer's consent. */
  readonly consentReason: string | null;
  /** The merchant's rule that left it out. */
  readonly excludedBy: string | null;
  readonly deliveries: readonly EventDelivery[];
}

export interface EventDelivery {
  readonly id: string;
  readonly dataset: string;
  /** As it is shown: a dataset's stop or pause included. */
  readonly state: string;
  /** At this dataset. */
  readonly pairing: ShownPairing;
  readonly skipReason: string | null;
  /** The class of the error that it has not got over; null for what was sent or left out, and before the first attempt. */
  readonly lastClass: string | null;
  readonly attempts: number;
  /** Unix milliseconds of the next attempt; null when none is planned. */
  readonly nextAt: number | null;
  /** Customer information that was sent, or will be; none where nothing was sent and nothing will be. */
  readonly keys: readonly string[];
}

export interface EventPage {
  readonly rows: readonly EventRow[];
  /** Cursors of the neighbouring pages; null where there is none. */
  readonly newer: string | null;
  readonly older: string | null;
}

export interface EventCursor {
  /** Rows older than this conversion. */
  readonly after?: bigint;
  /** Rows newer than this conversion. */
  readonly before?: bigint;
}

const EVENTS_A_PAGE = 50;

/** One page of a store's events, newest first. Its cost does not depend on how many there are, nor on which page. */
export async function readEvents(
  database: Database,
  input: {
    readonly store: Pick<Store, "id" | "timeZone">;
    readonly filters: EventFilters;
    readonly cursor: EventCursor;
    readonly limit?: number;
  },
): Promise<EventPage> {
  const { store, filters, cursor, limit = EVENTS_A_PAGE } = input;
  const conditions = await eventConditions(database, {
    storeId: store.id,
    timeZone: store.timeZone,
    filters,
  });
  if (conditions.isEmpty) return { rows: [], newer: null, older: null };
  const upwards = cursor.before !== undefined;
  const found = await readIds(database, store.id, conditions, cursor, limit + 1);
  const page = found.slice(0, limit);
  if (upwards) page.reverse();
  const hasMore = found.length > limit;
  const [first, last] = [page[0], page.at(-1)];
  const rows = await readRows(database, store.id, page);
  return {
    rows,
    newer: first !== undefined && (upwards ? hasMore : cursor.after !== undefined) ? String(first) : null,
    older: last !== undefined && (upwards || hasMore) ? String(last) : null,
  };
}

/** Whether there is anything to send again by hand; read from an index of what is not delivered. */
export async function hasFailedEvents({ prisma }: Database, storeId: bigint, now: number): Promise<boolean> {
  const [row] = await prisma.$queryRaw<{ failed: boolean }[]>`SELECT EXISTS (
    SELECT 1 FROM delivery WHERE store_id = ${storeId}::bigint AND state = 'dead'
      AND expires_at > ${new Date(now)}::timestamptz
  ) AS failed`;
  return row?.failed ?? false;
}

/** Reads `after` and `before` of an address. */
export function readCursor(query: URLSearchParams): EventCursor {
  const read = (name: string) => {
    const text = query.get(name);
    return text !== null && /^\d{1,18}$/.test(text) ? BigInt(text) : undefined;
  };
  const [after, before] = [read("after"), read("before")];
  if (before !== undefined) return { before };
  return after === undefined ? {} : { after };
}

async function readIds(
  { prisma }: Database,
  storeId: bigint,
  conditions: EventConditions,
  cursor: EventCursor,
  limit: number,
): Promise<bigint[]> {
  const isOfDeliveries = conditions.from !== "conversions";
  const id = isOfDeliveries ? Prisma.sql`d.conversion_id` : Prisma.sql`c.id`;
  const bound =
    cursor.before !== undefined
      ? Prisma.sql`AND ${id} > ${cursor.before}::bigint`
      : cursor.after !== undefined
        ? Prisma.sql`AND ${id} < ${cursor.after}::bigint`
        : Prisma.empty;
  const direction = cursor.before === undefined ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const ofDeliveries =
    conditions.from === "deliveries"
      ? Prisma.sql`delivery d`
      : Prisma.sql`delivery d JOIN conversion c ON c.id = d.conversion_id`;
  const statement = isOfDeliveries
    ? Prisma.sql`SELECT DISTINCT ON (d.conversion_id) d.conversion_id AS id
          FROM ${ofDeliveries} WHERE ${conditions.where} ${bound}
          ORDER BY d.conversion_id ${direction} LIMIT ${limit}::int`
    : conditions.facets
      ? Prisma.sql`${withFacets(storeId)} SELECT page.id FROM facet k CROSS JOIN LATERAL (
            SELECT c.id FROM conversion c WHERE ${OF_FACET} AND ${conditions.where} ${bound}
            ORDER BY c.id ${direction} LIMIT ${limit}::int) page
          WHERE ${conditions.facets} ORDER BY page.id ${direction} LIMIT ${limit}::int`
      : Prisma.sql`SELECT c.id FROM conversion c WHERE ${conditions.where} ${bound}
            ORDER BY c.id ${direction} LIMIT ${limit}::int`;
  const rows = await prisma.$queryRaw<{ id: bigint }[]>`${statement}`;
  return rows.map((row) => row.id);
}

async function readRows({ prisma }: Database, storeId: bigint, ids: readonly bigint[]): Promise<EventRow[]> {
  if (ids.length === 0) return [];
  const rows = await prisma.conversion.findMany({
    where: { storeId, id: { in: [...ids] } },
    orderBy: { id: "desc" },
    omit: { document: true, clientIp: true, clientUserAgent: true },
    include: {
      deliveries: { omit: { sentPayload: true }, include: { dataset: true }, orderBy: { datasetId: "asc" } },
    },
  });
  const pairingAt = await pairingsOfSeveral(prisma, rows);
  return rows.map((row) => ({
    id: String(row.id),
    orderId: row.orderId,
    orderName: row.orderName ?? row.orderNumber ?? row.sourceKey,
    receivedAt: row.receivedAt.getTime(),
    paidAt: row.paidAt.getTime(),
    eventName: row.eventName,
    eventId: row.eventId,
    source: row.source,
    value: row.value?.toNumber() ?? null,
    currency: row.currency,
    pairing: shownPairing(
      row.pairing,
      row.source,
      row.deliveries.map((each) => each.state),
    ),
    country: row.country,
    consentReason: row.consentReason,
    excludedBy: row.excludedBy,
    deliveries: row.deliveries.map((delivery) => {
      const state = shownState(delivery.state as DeliveryState, delivery.dataset);
      const planned = state === "waiting" || state === "due" || state === "retrying";
      return {
        id: String(delivery.id),
        dataset: delivery.dataset.name ?? delivery.dataset.datasetId,
        state,
        pairing: shownPairing(pairingAt.get(delivery.id) ?? row.pairing, row.source, [state]),
        skipReason: delivery.skipReason,
        lastClass: ["dead", "retrying", "held"].includes(delivery.state) ? delivery.lastClass : null,
        attempts: delivery.attempts,
        nextAt: planned ? delivery.dueAt.getTime() : null,
        keys: delivery.sentKeys.length > 0 || state === "skipped" ? delivery.sentKeys : row.identityKeys,
      };
    }),
  }));
}

/**
 * How the copies met at each dataset of those orders that went to several, as their own pages say it; what the one dataset
 * of an order says is what is stored of it.
 */
async function pairingsOfSeveral(
  prisma: Database["prisma"],
  rows: readonly (Omit<Conversion, "document" | "clientIp" | "clientUserAgent"> & {
    readonly deliveries: readonly (Omit<Delivery, "sentPayload"> & { readonly dataset: Dataset })[];
  })[],
): Promise<ReadonlyMap<bigint, Pairing>> {
  const several = rows.filter((row) => row.deliveries.length > 1);
  if (several.length === 0) return new Map();
  const ids = several.map((row) => row.id);
  const [reports, sent] = await Promise.all([
    prisma.browserReport.findMany({
      where: { conversionId: { in: ids }, answer: "fire" },
      omit: { document: true },
      orderBy: { id: "asc" },
    }),
    prisma.delivery.findMany({
      where: { conversionId: { in: ids } },
      select: { id: true, sentPayload: true },
    }),
  ]);
  const payloads = new Map(sent.map((each) => [each.id, each.sentPayload]));
  return new Map(
    several.flatMap((row) => {
      const own = reports.filter((each) => each.conversionId === row.id);
      const fire = findFire(row, own);
      return row.deliveries.map((each) => {
        const delivery = { ...each, sentPayload: payloads.get(each.id) ?? null };
        return [each.id, pairAtDataset(row, fire, delivery).pairing] as const;
      });
    }),
  );
}

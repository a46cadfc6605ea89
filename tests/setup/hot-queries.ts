import { randomUUID } from "node:crypto";

import { claimDueDeliveries } from "#app/delivery/claim-due-deliveries.server.ts";
import { reapLeases } from "#app/delivery/hold-lease.server.ts";
import { nextWake } from "#app/delivery/next-wake.server.ts";
import { settleDeliveries } from "#app/delivery/settle-deliveries.server.ts";
import { closePairings } from "#app/pairing/close-pairings.server.ts";
import { findConversion } from "#app/pairing/find-conversion.server.ts";
import { settlePairing } from "#app/pairing/settle-pairing.server.ts";
import type { Database } from "#app/platform/database/database.server.ts";
import { searchOneStep } from "#app/privacy/find-customer-conversions.server.ts";
import { closeRedactedOrders, redactConversions } from "#app/privacy/redact-customer.server.ts";
import { runRetention } from "#app/privacy/run-retention.server.ts";
import { readEventFilters } from "#app/quality/event-filters.ts";
import { readEventDetail } from "#app/quality/read-event-detail.server.ts";
import { readEventLog } from "#app/quality/read-event-log.server.ts";
import type { EventCursor } from "#app/quality/read-events.server.ts";
import { readOverview } from "#app/quality/read-overview.server.ts";

import { DAYS } from "../../bench/growth/fill-history.ts";

/** What the queries are asked of: the store that sells most, in a history of so many orders (bench/growth). */
export interface AskedHistory {
  readonly database: Database;
  readonly orders: number;
  /** Unix milliseconds. */
  readonly now: number;
  /** How often it was asked before: each time, writes take rows that were left alone until then. */
  readonly round: number;
  /** One of the store's, from the middle of the history. */
  readonly known: KnownOrder;
}

interface KnownOrder {
  readonly orderId: string;
  readonly orderName: string;
  readonly tokenHash: string;
}

/** @throws where the store has no orders: then nothing that follows would say anything */
export async function findKnownOrder({ prisma }: Database, orders: number): Promise<KnownOrder> {
  const { sourceKey, orderName, checkoutTokenHash } = await prisma.conversion.findFirstOrThrow({
    where: { storeId: STORE, id: { gte: Math.floor(orders / 2) } },
    orderBy: { id: "asc" },
  });
  return { orderId: sourceKey, orderName: orderName ?? "", tokenHash: checkoutTokenHash ?? "" };
}

export interface HotQuery {
  readonly name: string;
  readonly run: (history: AskedHistory) => Promise<unknown>;
}

const STORE = 1n;

/** What a merchant asks of the event log: an address of the page, and how deep in it. */
const LOG: readonly (readonly [name: string, query: string, depth: "top" | "middle"])[] = [
  ["newest", "", "top"],
  ["deep", "", "middle"],
  ["needsAttention", "view=attention", "top"],
  ["waiting", "view=waiting", "top"],
  ["recoveredDeep", "view=recovered", "middle"],
  ["skippedDeep", "view=skipped", "middle"],
  ["failed", "status=dead", "top"],
  ["mismatched", "pairing=mismatched", "top"],
  // Finds nothing.
  ["tillPaired", "source=pos&pairing=paired", "top"],
  ["tillDeep", "source=pos", "middle"],
  ["canada", "country=CA", "top"],
  ["canadaDrafts", "country=CA&source=draft", "top"],
  ["oneDay", "from=2026-06-01&to=2026-06-01", "top"],
  ["oneDayPaired", "from=2026-06-01&to=2026-06-01&pairing=paired", "top"],
  ["delivered", "dataset=1&status=delivered", "top"],
  ["partOfNumber", "q=77", "top"],
];

function readLog(database: Database, query: string, cursor: EventCursor, now: number) {
  const filters = readEventFilters(new URLSearchParams(query));
  return readEventLog(database, { store: { id: STORE, timeZone: "UTC" }, filters, cursor, now });
}

/** Reads that change nothing. */
export const READS: readonly HotQuery[] = [
  {
    name: "overview",
    run: async ({ database, now }) =>
      readOverview(database, {
        store: await database.prisma.store.findUniqueOrThrow({ where: { id: STORE } }),
        period: { kind: "days", days: 30 },
        dataset: null,
        now,
      }),
  },
  ...LOG.map(([name, query, depth]): HotQuery => ({
    name: `log.${name}`,
    run: ({ database, orders, now }) => {
      const cursor: EventCursor = depth === "top" ? {} : { after: BigInt(Math.floor(orders / 2)) };
      return readLog(database, query, cursor, now);
    },
  })),
  {
    name: "log.orderNumber",
    run: ({ database, known, now }) => readLog(database, `q=${encodeURIComponent(known.orderName)}`, {}, now),
  },
  {
    name: "event",
    run: async ({ database, now }) => {
      const [row] = await database.prisma.$queryRaw<{ id: bigint }[]>`
        SELECT id FROM conversion WHERE store_id = ${STORE}::bigint ORDER BY id DESC LIMIT 1`;
      return readEventDetail(database, {
        store: { id: STORE },
        id: String(row?.id ?? 0n),
        graphUrl: "https://graph.facebook.com",
        now,
      });
    },
  },
  {
    name: "pairing.findByOrder",
    run: ({ database, known: { orderId } }) =>
      findConversion(database, { storeId: STORE, orderId, tokenHash: "x" }),
  },
  {
    name: "pairing.findByToken",
    run: ({ database, known: { tokenHash } }) =>
      findConversion(database, { storeId: STORE, orderId: undefined, tokenHash }),
  },
  { name: "delivery.nextWake", run: ({ database, now }) => nextWake(database, [], now) },
  {
    name: "redaction.searchStep",
    run: async ({ database, known }) => {
      const { id, erasedThrough } = await database.prisma.store.findUniqueOrThrow({ where: { id: STORE } });
      const subject = { em: "f".repeat(64), orderIds: [known.orderId] } as never;
      const named = await searchOneStep(database, { id, erasedThrough }, subject, undefined);
      return searchOneStep(database, { id, erasedThrough }, subject, named);
    },
  },
];

/** Deliveries of one round: the history has enough for a hundred rounds. */
const CLAIMED = 20;
/** Orders that come of age from one round to the next. */
const AGED = 5;

/** Writes, each on rows that the one before left alone. */
export const WRITES: readonly HotQuery[] = [
  {
    name: "delivery.claimAndSettle",
    run: async ({ database, now }) => {
      const lanes = await claimDueDeliveries(database, {
        claimId: randomUUID(),
        now,
        leaseMs: 60_000,
        cursor: 0n,
        lanes: 64,
        perLane: CLAIMED,
        limit: CLAIMED,
        busy: [],
        mode: { kind: "due" },
      });
      const settled = await settleDeliveries(
        database,
        lanes.flatMap(({ datasetId, storeId, deliveries }) => {
          const attempt = {
            storeId,
            datasetId,
            startedAt: now,
            durationMs: 600,
            events: deliveries.length,
            answer: { kind: "accepted", status: 200, received: deliveries.length, fbtraceId: "x" },
          } as const;
          return deliveries.map(({ id, leaseToken }) => ({
            id,
            leaseToken,
            settlement: { state: "delivered" } as const,
            attempt,
            event: null,
            consent: null,
            withoutFbc: false,
            message: null,
          }));
        }),
        [],
        now,
      );
      await settlePairing(
        database,
        settled.map(({ conversionId }) => conversionId),
        now,
      );
      return settled.length;
    },
  },
  {
    name: "delivery.reap",
    run: ({ database, now }) => reapLeases(database, { now, leaseMs: 60_000, mine: [], limit: 100 }),
  },
  {
    name: "pairing.close",
    run: ({ database, now }) => closePairings({ database, clock: () => now }, new AbortController().signal),
  },
  {
    name: "redaction.ofOneOrder",
    run: async ({ database, orders, round, now }) => {
      const rows = await database.prisma.conversion.findMany({
        where: { storeId: STORE, id: { gte: Math.floor((orders * (200 + round)) / 400) }, redactedAt: null },
        select: { id: true, sourceKey: true },
        orderBy: { id: "asc" },
        take: 1,
      });
      const orderIds = rows.map(({ sourceKey }) => sourceKey);
      await closeRedactedOrders(database, { storeId: STORE, orderIds, now });
      return redactConversions(database, {
        storeId: STORE,
        conversionIds: rows.map(({ id }) => id),
        orderIds,
        now,
      });
    },
  },
  {
    name: "retention.nothingNew",
    run: ({ database, now }) => runRetention({ database, clock: () => now }, new AbortController().signal),
  },
  {
    name: "retention.ofFiveOrders",
    run: ({ database, orders, round, now }) => {
      const later = now + ((round + 1) * AGED * DAYS * 86_400_000) / orders;
      return runRetention({ database, clock: () => later }, new AbortController().signal);
    },
  },
];

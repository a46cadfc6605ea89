import { setTimeout as sleep } from "node:timers/promises";

import { buildConversion } from "../conversions/build-conversion.ts";
import { decideCustomerKind } from "../conversions/customer/customer-kind.ts";
import { withNextEventId } from "../conversions/event-id.ts";
import { seenTraits } from "../conversions/order/exclusion-rules.ts";
import { refusedConversion } from "../conversions/refused-conversion.ts";
import { hashCheckoutToken } from "../conversions/order/checkout-token.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import { Refused, createGroupWriter } from "../platform/database/group-writer.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import { troubleOf } from "../platform/database/judge-failure.ts";
import { DEFAULT_POOL_SIZE, halfOfPool } from "../platform/database/pool-share.ts";
import { isRefusedByValue, sqlStateOf } from "../platform/database/sql-state.server.ts";
import { isAnotherShop } from "../stores/shopify/judge-shop-id.ts";
import { settingsOf } from "../stores/settings/store-settings.ts";
import { orderKey, type IntakeOutcome, type OrderArrival, type RefusedOrderReason } from "./order-arrival.ts";
import { planDeliveries } from "./plan-deliveries.ts";
import { readStoresForIntake, type EarlyReport, type IntakeStore } from "./read-stores-for-intake.server.ts";
import { writeConversions, type ConversionRow } from "./write-conversions.server.ts";

/**
 * Intake: an order that Shopify says is paid becomes one conversion with its deliveries, in one statement, before anybody
 * is answered. Orders that arrive while a write is under way are written together with the next one (group-writer.ts).
 *
 * What must stay true: `takeIn` resolves only after the commit; the same order, however often and from wherever it comes,
 * is one row (unique on store, event and order ID); an order that cannot be stored fails alone.
 */
export interface Intake {
  /**
   * @throws Overloaded when it cannot be stored in time, or the database's error when that cannot be reached: the caller
   * answers 503 and Shopify sends it again.
   */
  takeIn(arrival: OrderArrival): Promise<IntakeOutcome>;
  /** When the database last had no space for orders, `performance.now()`; undefined once it has taken one since. */
  readonly lastFull: number | undefined;
  /** Resolves when nothing is being written any more. */
  idle(): Promise<void>;
}

const LARGEST_GROUP = 256;
/** On a server: while Node prepares one group, the database writes another. Never more than half of the connections. */
const MOST_GROUPS_AT_ONCE = 2;
const LONGEST_PAUSE_MS = 50;
/** More than a small machine stores within the time that a webhook has. */
const MOST_WAITING = 4_000;
/** Shopify waits five seconds for an answer to a webhook. */
const WEBHOOK_MS = 3_000;
/** A sweep or a lookup of ours is more patient. */
const OTHERS_MS = 20_000;

export function createIntake(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** How long an order of a webhook may take until it is answered 503. Milliseconds; default 3,000. */
  readonly webhookMs?: number;
  /** Connections of this process to the database. Default 10. */
  readonly poolSize?: number;
  readonly metrics?: Pick<Metrics, "writeSeconds" | "meetings">;
}): Intake {
  const { webhookMs = WEBHOOK_MS } = deps;
  const isEmbedded = deps.database.kind === "embedded";
  let lastFull: number | undefined;
  const writer = createGroupWriter<OrderArrival, IntakeOutcome>({
    writeGroup: async (arrivals) => {
      const began = performance.now();
      try {
        const outcomes = await takeInGroup(deps, arrivals);
        deps.metrics?.writeSeconds.observe((performance.now() - began) / 1000);
        lastFull = undefined;
        return outcomes;
      } catch (error) {
        if (troubleOf(error) === "database_full") lastFull = performance.now();
        throw error;
      }
    },
    isRefusal: isRefusedByValue,
    largestGroup: LARGEST_GROUP,
    groupsAtOnce: isEmbedded
      ? 1
      : Math.min(MOST_GROUPS_AT_ONCE, halfOfPool(deps.poolSize ?? DEFAULT_POOL_SIZE)),
    mostWaiting: MOST_WAITING,
    turnsAwayEarly: true,
    longestWaitMs: OTHERS_MS,
    // The embedded database works in this very thread, and every order would be a group of one. As long a pause as the
    // write took lets the next ones gather.
    ...(isEmbedded && { rest: (tookMs: number) => sleep(Math.min(tookMs, LONGEST_PAUSE_MS)) }),
  });

  const refuse = async (arrival: OrderArrival, reason: RefusedOrderReason, cause: unknown) => {
    const sqlState = sqlStateOf(cause);
    deps.log.error(
      {
        shop: arrival.shop,
        orderId: arrival.order.id,
        via: arrival.via,
        reason,
        ...(sqlState ? { sqlState } : { err: cause }),
      },
      "an order cannot be stored; the merchant sees it among the events as refused",
    );
    await noteRefusedOrder(deps, arrival).catch((error: unknown) =>
      deps.log.warn(
        { sqlState: sqlStateOf(error), shop: arrival.shop },
        "a refused order could not be noted",
      ),
    );
    return { kind: "refused", reason } as const;
  };

  return {
    get lastFull() {
      return lastFull;
    },
    takeIn: async (arrival) => {
      const longestWaitMs =
        arrival.via === "webhook" ? Math.max(webhookMs / 3, webhookMs - (arrival.waitedMs ?? 0)) : OTHERS_MS;
      try {
        const outcome = await writer.write(arrival, { longestWaitMs });
        return outcome.kind === "refused" ? await refuse(arrival, outcome.reason, outcome.cause) : outcome;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return refuse(arrival, "not_storable", error.cause);
      }
    },
    idle: () => writer.idle(),
  };
}

async function takeInGroup(
  deps: {
    readonly database: Database;
    readonly clock: Clock;
    readonly log: Log;
    readonly metrics?: Pick<Metrics, "meetings">;
  },
  arrivals: readonly OrderArrival[],
): Promise<readonly IntakeOutcome[]> {
  const now = deps.clock();
  const { stores, reports, shopOfId } = await readStoresForIntake(deps.database, arrivals);
  const outcomes: IntakeOutcome[] = [];
  const rows: { readonly row: ConversionRow; readonly position: number }[] = [];
  const seen = new Set<string>();

  for (const [position, arrival] of arrivals.entries()) {
    const store = stores.get(arrival.shop);
    if (!store || store.state !== "installed") {
      outcomes[position] = { kind: "ignored", reason: store ? "uninstalled_store" : "unknown_store" };
      continue;
    }
    const claimed = arrival.shopId;
    const isKnownElsewhere = claimed !== undefined && (shopOfId.get(claimed) ?? store.shop) !== store.shop;
    if (isAnotherShop({ claimed, own: store.shopId ?? undefined, isKnownElsewhere })) {
      outcomes[position] = { kind: "ignored", reason: "another_shop" };
      continue;
    }
    outcomes[position] = { kind: "repeated" };
    const key = orderKey(store.id, arrival.order.id);
    if (seen.has(key)) continue;
    seen.add(key);
    try {
      rows.push({ position, row: toRow(store, arrival, reports.get(key), now) });
    } catch (cause) {
      // A fault of ours: it must not fail the orders of others.
      outcomes[position] = { kind: "refused", reason: "not_mappable", cause };
    }
  }

  const created = await writeUnderFreeEventIds(
    deps,
    rows.map(({ row }) => row),
  );
  for (const { row, position } of rows) {
    const conversionId = created.get(keyOf(row));
    if (conversionId === undefined) continue;
    outcomes[position] = { kind: "stored", conversionId };
    if (row.browserReportId !== null) deps.metrics?.meetings.inc({ by: "report_kept" });
  }
  return outcomes;
}

/** Each form of an event ID once, and a last look at what was stored meanwhile. */
const MOST_STATEMENTS = 4;

/**
 * One statement for the group. Only where it refused rows whose order it does not know is there a second one, which offers
 * those under their next event ID: another order of the store has the first. The database decides, so no two orders share
 * an ID, in whatever processes they are written. An order that was stored meanwhile by somebody else is seen by then.
 *
 * @throws where an order is neither written nor stored: to call it repeated would lose it
 */
async function writeUnderFreeEventIds(
  deps: { readonly database: Database; readonly log: Log },
  rows: readonly ConversionRow[],
): Promise<ReadonlyMap<string, bigint>> {
  const created = new Map<string, bigint>();
  let offered = rows;
  for (let statements = 1; offered.length > 0; statements += 1) {
    if (statements > MOST_STATEMENTS) throw new Error("orders could not be written under any event ID");
    const written = await writeConversions(deps.database, offered);
    for (const [key, id] of written.created) created.set(key, id);
    offered = offered
      .filter((row) => !written.created.has(keyOf(row)) && !written.stored.has(keyOf(row)))
      .map((row) => ({ ...row, conversion: withNextEventId(row.conversion) ?? row.conversion }));
    if (offered.length > 0)
      deps.log.info({ orders: offered.length }, "event IDs are used by other orders; taking the next form");
  }
  return created;
}

function keyOf({ storeId, conversion }: ConversionRow): string {
  return orderKey(storeId, conversion.orderId);
}

/**
 * A refused order as the merchant sees it: its ID, when it came, and that it was not sent. Nothing of what it holds.
 * An order that is stored already is left as it is.
 */
async function noteRefusedOrder(
  deps: { readonly database: Database; readonly clock: Clock; readonly log: Log },
  arrival: OrderArrival,
): Promise<void> {
  const now = deps.clock();
  const { stores } = await readStoresForIntake(deps.database, [arrival]);
  const store = stores.get(arrival.shop);
  if (!store || store.state !== "installed") return;
  const conversion = refusedConversion(arrival.order.id, now);
  const plan = planDeliveries(conversion, { report: null, store, now });
  await writeUnderFreeEventIds(deps, [
    {
      storeId: store.id,
      conversion,
      ...plan,
      tokenHash: null,
      receivedAt: now,
      via: arrival.via,
      browserReportId: null,
      traits: [],
      customerKind: null,
    },
  ]);
}

function toRow(
  store: IntakeStore,
  arrival: OrderArrival,
  early: readonly EarlyReport[] | undefined,
  now: number,
): ConversionRow {
  const conversion = buildConversion(arrival.order, settingsOf(store), { now, shopDomain: store.shop });
  const tokenHash =
    conversion.checkoutToken === undefined ? null : hashCheckoutToken(conversion.checkoutToken);
  const met = early?.find((report) => report.tokenHash === tokenHash);
  const plan = planDeliveries(conversion, { report: met?.report ?? null, store, now });
  return {
    storeId: store.id,
    conversion,
    ...plan,
    tokenHash,
    receivedAt: now,
    via: arrival.via,
    browserReportId: met?.id ?? null,
    customerKind: decideCustomerKind(conversion, met?.report ?? null)?.kind ?? null,
    // Before the merchant's rules: what they leave out is seen all the same.
    traits: conversion.skip === "test_order" ? [] : seenTraits(arrival.order),
  };
}

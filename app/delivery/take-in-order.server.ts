import { setTimeout as sleep } from "node:timers/promises";

import { buildConversion } from "../conversions/build-conversion.ts";
import type { BrowserReport, Conversion } from "../conversions/model.ts";
import type { OrderFacts } from "../conversions/order-facts.ts";
import { hashCheckoutToken } from "../pairing/checkout-token.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.server.ts";
import type { Log } from "../platform/log.server.ts";
import { settingsOf } from "../stores/store-settings.ts";
import { planDeliveries, type PlannedDelivery } from "./plan-deliveries.ts";
import { readStoresForIntake, type IntakeStore } from "./read-stores-for-intake.server.ts";
import { writeConversions, type ConversionRow } from "./write-conversions.server.ts";

/**
 * The door of the house. An order that Shopify says is paid becomes one conversion with its deliveries, in one
 * statement, before anybody is answered.
 *
 * Orders that arrive while a write is under way are written together with the next one (a group commit): under load
 * the cost of a commit is shared, at rest nothing waits. What must stay true: `takeIn` resolves only after the commit,
 * and the same order, however often and from wherever it comes, is one row (unique on store, event and order ID).
 */
export interface Intake {
  /** @throws when the database cannot be reached: the caller answers 503 and Shopify sends it again. */
  takeIn(arrival: OrderArrival): Promise<IntakeOutcome>;
  /** Resolves when nothing is being written any more. */
  idle(): Promise<void>;
}

export interface OrderArrival {
  readonly shop: string;
  readonly order: OrderFacts;
  readonly via: "webhook" | "sweep" | "lookup";
  readonly webhookId?: string;
}

export type IntakeOutcome =
  | { readonly kind: "stored"; readonly conversionId: bigint }
  | { readonly kind: "repeated" }
  | { readonly kind: "ignored"; readonly reason: "unknown_store" | "uninstalled_store" };

export { hashCheckoutToken } from "../pairing/checkout-token.ts";
export { DELIVERIES_DUE_CHANNEL, ORDER_STORED_CHANNEL } from "../pairing/wake-channels.ts";

const LARGEST_GROUP = 256;
const LONGEST_PAUSE_MS = 50;

interface Waiting {
  readonly arrival: OrderArrival;
  readonly resolve: (outcome: IntakeOutcome) => void;
  readonly reject: (error: unknown) => void;
}

export function createIntake(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}): Intake {
  const queue: Waiting[] = [];
  let writing: Promise<void> | undefined;

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      const group = queue.splice(0, LARGEST_GROUP);
      const began = performance.now();
      try {
        const outcomes = await takeInGroup(
          deps,
          group.map((waiting) => waiting.arrival),
        );
        group.forEach((waiting, position) => waiting.resolve(outcomes[position] ?? { kind: "repeated" }));
      } catch (error) {
        for (const waiting of group) waiting.reject(error);
      }
      // A server works while others knock; the embedded database works in this very thread, so nobody is heard meanwhile
      // and every order would be a group of one. As long a pause lets the next ones gather.
      if (deps.database.kind === "embedded")
        await sleep(Math.min(performance.now() - began, LONGEST_PAUSE_MS));
    }
  };

  return {
    takeIn: (arrival) =>
      new Promise((resolve, reject) => {
        queue.push({ arrival, resolve, reject });
        writing ??= drain().finally(() => {
          writing = undefined;
        });
      }),
    idle: async () => {
      while (writing) await writing;
    },
  };
}

async function takeInGroup(
  deps: { readonly database: Database; readonly clock: Clock; readonly log: Log },
  arrivals: readonly OrderArrival[],
): Promise<readonly IntakeOutcome[]> {
  const now = deps.clock();
  const { stores, reports } = await readStoresForIntake(deps.database, arrivals);
  const outcomes: IntakeOutcome[] = [];
  const rows: { readonly row: ConversionRow; readonly position: number }[] = [];
  const seen = new Set<string>();

  for (const [position, arrival] of arrivals.entries()) {
    const store = stores.get(arrival.shop);
    if (!store || store.state !== "installed") {
      outcomes[position] = { kind: "ignored", reason: store ? "uninstalled_store" : "unknown_store" };
      continue;
    }
    outcomes[position] = { kind: "repeated" };
    const key = `${store.id}:${arrival.order.id}`;
    if (seen.has(key)) continue;
    seen.add(key);
    rows.push({ position, row: toRow(store, arrival, reports.get(key), now) });
  }

  const created = await writeConversions(
    deps.database,
    rows.map(({ row }) => row),
  );
  for (const { row, position } of rows) {
    const conversionId = created.get(`${row.storeId}:${row.sourceKey}`);
    if (conversionId !== undefined) outcomes[position] = { kind: "stored", conversionId };
  }
  return outcomes;
}

/** A browser report that arrived before its order; `tokenHash` must match for it to count. */
export interface EarlyReport {
  readonly id: bigint;
  readonly tokenHash: string;
  readonly report: BrowserReport;
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
  const plan = planDeliveries({ conversion, report: met?.report ?? null, store, now });
  return {
    storeId: store.id,
    sourceKey: conversion.orderId,
    conversion,
    tokenHash,
    eventTimeMs: plan.eventTime * 1000,
    receivedAtMs: now,
    via: arrival.via,
    webhookId: arrival.webhookId ?? null,
    browserReportId: met?.id ?? null,
    test: conversion.skip === "test_order",
    deliveries: plan.deliveries,
    keepClient: plan.deliveries.some((delivery: PlannedDelivery) => delivery.state !== "skipped"),
  };
}

/** The part of a conversion that is stored as its document: all but what stands in columns that are erased earlier. */
export function documentOf(conversion: Conversion): Omit<Conversion, "client" | "checkoutToken"> {
  const { client: _client, checkoutToken: _token, ...document } = conversion;
  return document;
}

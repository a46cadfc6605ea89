import { setTimeout as sleep } from "node:timers/promises";

import { asList, asRecord } from "../conversions/read-json.ts";
import type { OrderFacts } from "../conversions/order-facts.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.server.ts";
import type { Log } from "../platform/log.server.ts";
import { LIST_CHANGED_ORDERS } from "./admin-operations.ts";
import type { AdminOutcome, CallAdmin, Throttle } from "./call-admin.server.ts";
import { readOrder } from "./read-order.server.ts";

/**
 * Shopify does not promise to deliver every webhook, so paid orders are looked for now and then and those that no webhook
 * brought are taken in as a webhook would. The list of changed orders is cheap (one page of a hundred costs little more
 * than a page), so only orders that are missing here are read whole.
 */
export interface SweepDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly callAdmin: CallAdmin;
  readonly takeInOrder: (arrival: {
    readonly shop: string;
    readonly order: OrderFacts;
    readonly via: "sweep";
  }) => Promise<{ readonly kind: string }>;
}

export interface SweepWindow {
  readonly storeId: bigint;
  readonly shop: string;
  /** Unix milliseconds: orders changed from here on … */
  readonly changedFrom: number;
  /** … and before this. */
  readonly changedBefore: number;
  /** Unix milliseconds: of these, those that were paid in this time. */
  readonly paidFrom: number;
  readonly paidBefore: number;
  /** Told after each page: everything changed up to here (unix milliseconds) has been seen. */
  readonly onProgress?: (changedUpTo: number) => Promise<void>;
}

export type SweepOutcome =
  | { readonly kind: "swept"; readonly seen: number; readonly taken: number }
  /** Begun and not finished; what was taken stays. `problem` in words for the merchant; null = asked to stop. */
  | {
      readonly kind: "broken_off";
      readonly seen: number;
      readonly taken: number;
      readonly problem: string | null;
    };

/** Goes through a store's paid orders of a window. Safe to repeat and to overlap: an order is one conversion. */
export async function sweepOrders(
  deps: SweepDependencies,
  window: SweepWindow,
  signal: AbortSignal,
): Promise<SweepOutcome> {
  let [seen, taken] = [0, 0];
  let after: string | null = null;
  const query = `updated_at:>='${iso(window.changedFrom)}' updated_at:<'${iso(window.changedBefore)}' financial_status:paid`;
  for (;;) {
    const listed: AdminOutcome = await askPatiently(
      () => deps.callAdmin(window.shop, LIST_CHANGED_ORDERS, { query, after }),
      signal,
    );
    if (!listed.ok)
      return { kind: "broken_off", seen, taken, problem: signal.aborted ? null : wordsFor(listed.problem) };
    const page = readPage(listed.data);
    seen += page.orders.length;
    const missing = await missingOrders(
      deps.database,
      window.storeId,
      page.orders.map((order) => order.id),
    );
    for (const id of missing) {
      if (signal.aborted) return { kind: "broken_off", seen, taken, problem: null };
      const outcome = await takeInMissing(deps, window, id, signal);
      if (outcome.kind === "failed")
        return { kind: "broken_off", seen, taken, problem: signal.aborted ? null : outcome.words };
      if (outcome.isNew) taken += 1;
    }
    const last = page.orders.at(-1);
    if (last && window.onProgress) await window.onProgress(last.updatedAt);
    if (!page.hasNextPage || page.endCursor === null) return { kind: "swept", seen, taken };
    after = page.endCursor;
    await leaveRoom(listed.throttle, signal);
  }
}

async function takeInMissing(
  deps: SweepDependencies,
  window: SweepWindow,
  orderId: string,
  signal: AbortSignal,
): Promise<
  { readonly kind: "done"; readonly isNew: boolean } | { readonly kind: "failed"; readonly words: string }
> {
  for (let tries = 1; ; tries += 1) {
    const reading = await readOrder(deps.callAdmin, window.shop, orderId);
    if (reading.kind === "absent") return { kind: "done", isNew: false };
    if (reading.kind === "failed") {
      if (reading.problem === "refused") {
        deps.log.warn(
          { shop: window.shop, orderId, reason: reading.message },
          "an order could not be read; left out",
        );
        return { kind: "done", isNew: false };
      }
      if (tries >= MOST_TRIES || !isPassing(reading.problem) || signal.aborted)
        return { kind: "failed", words: wordsFor(reading.problem) };
      await pause(waitFor(reading.throttle, tries), signal);
      continue;
    }
    const paidAt = reading.paidAt ?? window.paidFrom;
    const isWanted = reading.isPaid && paidAt >= window.paidFrom && paidAt < window.paidBefore;
    if (!isWanted) return { kind: "done", isNew: false };
    const outcome = await deps.takeInOrder({ shop: window.shop, order: reading.order, via: "sweep" });
    await leaveRoom(reading.throttle, signal);
    return { kind: "done", isNew: outcome.kind === "stored" };
  }
}

async function missingOrders(
  { prisma }: Database,
  storeId: bigint,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT w.id FROM unnest(${[...ids]}::text[]) AS w(id)
    WHERE NOT EXISTS (SELECT 1 FROM conversion c
                      WHERE c.store_id = ${storeId}::bigint AND c.event_name = 'Purchase' AND c.source_key = w.id)`;
  return rows.map((row) => row.id);
}

interface Page {
  readonly orders: readonly { readonly id: string; readonly updatedAt: number }[];
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

function readPage(data: Readonly<Record<string, unknown>>): Page {
  const orders = asRecord(data["orders"]);
  const info = asRecord(orders?.["pageInfo"]);
  return {
    orders: asList(orders?.["nodes"]).map((node) => ({
      id: String(asRecord(node)?.["legacyResourceId"]),
      updatedAt: Date.parse(String(asRecord(node)?.["updatedAt"])),
    })),
    hasNextPage: info?.["hasNextPage"] === true,
    endCursor: typeof info?.["endCursor"] === "string" ? info["endCursor"] : null,
  };
}

const MOST_TRIES = 5;

async function askPatiently(ask: () => Promise<AdminOutcome>, signal: AbortSignal): Promise<AdminOutcome> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await ask();
    if (outcome.ok || tries >= MOST_TRIES || !isPassing(outcome.problem) || signal.aborted) return outcome;
    await pause(waitFor(outcome.throttle, tries), signal);
  }
}

function isPassing(problem: string): boolean {
  return problem === "throttled" || problem === "unreachable";
}

/** Until half of the bucket is back, at most ten seconds at a time; without a word from Shopify 1, 2, 4 … seconds. */
function waitFor(throttle: Throttle | undefined, tries: number): number {
  return throttle ? roomMs(throttle) + 500 : Math.min(1_000 * 2 ** (tries - 1), 10_000);
}

/** Half of the store's bucket is left to the merchant's own pages and to other work. */
async function leaveRoom(throttle: Throttle | undefined, signal: AbortSignal): Promise<void> {
  if (throttle) await pause(roomMs(throttle), signal);
}

function roomMs({ available, maximum, restoreRate }: Throttle): number {
  const lacking = maximum / 2 - available;
  return lacking <= 0 ? 0 : Math.min((lacking / Math.max(restoreRate, 1)) * 1_000, 10_000);
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

function wordsFor(problem: string): string {
  switch (problem) {
    case "no_session":
      return "Tandem has no access to the store’s orders at the moment. Open Tandem once in the Shopify admin.";
    case "denied":
      return "The store does not let Tandem read its orders. Open Tandem and accept the permissions it asks for.";
    default:
      return "Shopify could not be asked for orders just now; Tandem tries again by itself.";
  }
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

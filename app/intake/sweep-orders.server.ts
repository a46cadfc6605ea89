import type { TakeInOrder } from "./order-arrival.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Log } from "../platform/process/log.server.ts";
import { LIST_CHANGED_ORDERS } from "../stores/shopify/admin-operations.ts";
import { askPatiently, leaveRoom, patiently } from "../stores/shopify/ask-patiently.server.ts";
import type { AdminProblem, CallAdmin, Throttle } from "../stores/shopify/call-admin.server.ts";
import { readChangedOrders, type ChangedOrdersPage } from "./changed-orders-page.ts";
import { readOrder } from "../stores/shopify/read-order.server.ts";
import { sayText } from "../texts/texts.ts";
import "../texts/areas/settings.ts";

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
  readonly takeInOrder: TakeInOrder;
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
  /**
   * Told of each order that Shopify would not give while it answered otherwise, before the page counts as seen.
   * @returns false where no more can be kept: the sweep breaks off there
   */
  readonly onSetAside: (orderId: string) => Promise<boolean>;
  /** Whether an order waits for its own later time. */
  readonly isSetAside: (orderId: string) => boolean;
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
  const cursors = new Set<string>();
  const brokenOff = (problem: string): SweepOutcome => ({
    kind: "broken_off",
    seen,
    taken,
    problem: signal.aborted ? null : problem,
  });
  for (;;) {
    const listed = await listPage(deps, window, after, signal);
    if (!listed.ok) return brokenOff(listed.words);
    const { page } = listed;
    seen += page.orderIds.length;
    if (page.unreadable > 0)
      deps.log.warn({ shop: window.shop, entries: page.unreadable }, "listed orders without an ID; left out");
    for (const id of await missingOrders(deps.database, window.storeId, page.orderIds)) {
      if (signal.aborted) return brokenOff("");
      if (window.isSetAside(id)) continue;
      const outcome = await takeInMissing(deps, window, id, signal);
      if (outcome.kind === "done") {
        if (outcome.isNew) taken += 1;
        continue;
      }
      const words = await judgeFailure(deps, window, { id, after, outcome }, signal);
      if (words !== undefined) return brokenOff(words);
    }
    if (page.changedUpTo !== undefined && window.onProgress)
      await window.onProgress(Math.min(page.changedUpTo, window.changedBefore));
    if (page.next === null) return { kind: "swept", seen, taken };
    // Pages that go round in a circle have no end.
    if (cursors.has(page.next)) return brokenOff(wordsFor("unreachable"));
    cursors.add(page.next);
    after = page.next;
    await leaveRoom(listed.throttle, signal);
  }
}

/** Sales that something was refunded of are sales still; what is left is their value (docs/decisions/0672, 0303). */
const SALES_QUERY = "(financial_status:paid OR financial_status:partially_refunded)";

type Listed =
  | { readonly ok: true; readonly page: ChangedOrdersPage; readonly throttle: Throttle | undefined }
  | { readonly ok: false; readonly words: string };

async function listPage(
  deps: SweepDependencies,
  window: SweepWindow,
  after: string | null,
  signal: AbortSignal,
): Promise<Listed> {
  const query = `updated_at:>='${iso(window.changedFrom)}' updated_at:<'${iso(window.changedBefore)}' ${SALES_QUERY}`;
  const listed = await askPatiently(
    () => deps.callAdmin(window.shop, LIST_CHANGED_ORDERS, { query, after }),
    signal,
  );
  if (!listed.ok) return { ok: false, words: wordsFor(listed.problem) };
  const page = readChangedOrders(listed.data);
  if (page) return { ok: true, page, throttle: listed.throttle };
  deps.log.warn(
    { shop: window.shop },
    "Shopify's list of changed orders could not be read; asked again later",
  );
  return { ok: false, words: wordsFor("unreachable") };
}

/** What became of one missing order. */
export type TakenIn =
  | { readonly kind: "done"; readonly isNew: boolean }
  | { readonly kind: "failed"; readonly problem: AdminProblem; readonly message: string };

/**
 * An order that could not be read, after several tries. Where the store's access or its budget is the reason, so it is for
 * all of them. Otherwise Shopify is asked for the page once more: when it gives it, the order is to blame, and is set aside
 * so that it does not hold up the others.
 *
 * @returns why the sweep breaks off, in words; undefined = it goes on
 */
async function judgeFailure(
  deps: SweepDependencies,
  window: SweepWindow,
  failed: {
    readonly id: string;
    readonly after: string | null;
    readonly outcome: Extract<TakenIn, { readonly kind: "failed" }>;
  },
  signal: AbortSignal,
): Promise<string | undefined> {
  const { problem, message } = failed.outcome;
  if (signal.aborted || problem === "no_session" || problem === "denied" || problem === "throttled")
    return wordsFor(problem);
  const again = await listPage(deps, window, failed.after, signal);
  if (!again.ok) return again.words;
  if (!(await window.onSetAside(failed.id))) return wordsFor("unreachable");
  deps.log.warn(
    { shop: window.shop, orderId: failed.id, reason: message },
    "an order could not be read at Shopify; set aside and looked for again later",
  );
  return undefined;
}

/** Reads an order whole and takes it in, where it was paid in the window's time. */
export async function takeInMissing(
  deps: SweepDependencies,
  window: Pick<SweepWindow, "shop" | "paidFrom" | "paidBefore">,
  orderId: string,
  signal: AbortSignal,
): Promise<TakenIn> {
  const reading = await readOrder(patiently(deps.callAdmin, signal), window.shop, orderId);
  if (reading.kind === "failed") return reading;
  if (reading.kind === "unreadable")
    deps.log.warn(
      { shop: window.shop, orderId, reason: reading.message },
      "an order could not be read; left out",
    );
  if (reading.kind !== "order") return { kind: "done", isNew: false };
  // A past sale that was brought over keeps its old date, but is new to this store: it is taken in, and too old.
  const since = Math.max(reading.paidAt ?? window.paidFrom, reading.order.createdAt ?? window.paidFrom);
  const isWanted = reading.isPaid && since >= window.paidFrom && since < window.paidBefore;
  if (!isWanted) return { kind: "done", isNew: false };
  const outcome = await deps.takeInOrder({ shop: window.shop, order: reading.order, via: "sweep" });
  return { kind: "done", isNew: outcome.kind === "stored" };
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

function wordsFor(problem: AdminProblem): string {
  switch (problem) {
    case "no_session":
      return sayText({ key: "settings.missed.problem.noSession" });
    case "denied":
      return sayText({ key: "settings.missed.problem.denied" });
    case "refused":
    case "throttled":
    case "unreachable":
      return sayText({ key: "settings.missed.problem.unreachable" });
  }
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

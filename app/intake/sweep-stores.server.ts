import { MAX_EVENT_AGE } from "../conversions/decide-event-time.ts";
import { openShelf } from "./order-shelf.server.ts";
import { MOST_SET_ASIDE } from "./set-aside-orders.ts";
import { sweepOrders, type SweepDependencies, type SweepOutcome } from "./sweep-orders.server.ts";
import { sayText } from "../texts/texts.ts";
import "../texts/areas/settings.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Orders changed since then are left to their webhooks, which bring more: GraphQL knows no user agent. */
const LEFT_TO_WEBHOOKS_MS = 5 * MINUTE_MS;
/** How far each sweep reaches back before the last one's end: Shopify's search index lags. */
const OVERLAP_MS = 10 * MINUTE_MS;
/** Meta takes a website's events for seven days. */
const LONGEST_MS = MAX_EVENT_AGE.website * 1000;
const AT_ONCE = 4;

const SWEPT = { id: true, shop: true, installedAt: true, sweptThrough: true, sweepSetAside: true } as const;

export interface SweepReport {
  readonly stores: number;
  readonly seen: number;
  readonly taken: number;
  readonly failed: number;
}

/**
 * The periodic sweep of every installed store, a few at a time. The mark of a store moves with every page, so that a sweep
 * that is cut goes on where it was; orders paid before the store installed us are left alone.
 */
export async function sweepStores(deps: SweepDependencies, signal: AbortSignal): Promise<SweepReport> {
  const stores = await deps.database.prisma.store.findMany({
    where: { state: "installed" },
    select: SWEPT,
    orderBy: { sweptThrough: { sort: "asc", nulls: "first" } },
  });
  const report = { stores: 0, seen: 0, taken: 0, failed: 0 };
  const queue = [...stores];
  const work = async (): Promise<void> => {
    for (let store = queue.shift(); store && !signal.aborted; store = queue.shift()) {
      const outcome = await sweepNoted(deps, store, signal);
      report.stores += 1;
      report.seen += outcome?.seen ?? 0;
      report.taken += outcome?.taken ?? 0;
      if (outcome?.kind !== "swept") report.failed += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return report;
}

/**
 * The same for one store, now, where its last sweep failed: the merchant may just have done what it failed for want of. What
 * is not done when the signal comes, the next periodic sweep does.
 */
export async function sweepAgain(deps: SweepDependencies, shop: string, signal: AbortSignal): Promise<void> {
  const store = await deps.database.prisma.store.findFirst({
    where: { shop, state: "installed", sweepProblem: { not: null } },
    select: SWEPT,
  });
  if (store) await sweepNoted(deps, store, signal);
}

/** Undefined where it failed without a reason that the store keeps: that is in the log. */
async function sweepNoted(
  deps: SweepDependencies,
  store: Parameters<typeof sweepStore>[1],
  signal: AbortSignal,
): Promise<SweepOutcome | undefined> {
  return sweepStore(deps, store, signal).catch((error: unknown): undefined => {
    deps.log.error({ err: error, shop: store.shop }, "sweep of a store failed; retrying at the next run");
  });
}

async function sweepStore(
  deps: SweepDependencies,
  store: {
    readonly id: bigint;
    readonly shop: string;
    readonly installedAt: Date;
    readonly sweptThrough: Date | null;
    readonly sweepSetAside: unknown;
  },
  signal: AbortSignal,
): Promise<SweepOutcome> {
  const now = deps.clock();
  const earliest = Math.max(store.installedAt.getTime(), now - LONGEST_MS);
  const before = now - LEFT_TO_WEBHOOKS_MS;
  const marked = store.sweptThrough === null ? earliest : store.sweptThrough.getTime() - OVERLAP_MS;
  const from = Math.max(earliest, marked);
  if (from >= before) return { kind: "swept", seen: 0, taken: 0 };
  const shelf = openShelf(deps, store);
  const later = await shelf.tryAgain({ shop: store.shop, paidFrom: earliest, paidBefore: now }, signal);
  const mark = (through: number, problem: string | null = null) =>
    deps.database.prisma.store.updateMany({
      where: { id: store.id, OR: [{ sweptThrough: null }, { sweptThrough: { lte: new Date(through) } }] },
      data: { sweptThrough: new Date(through), sweepProblem: problem },
    });
  const outcome = await sweepOrders(
    deps,
    {
      storeId: store.id,
      shop: store.shop,
      changedFrom: from,
      changedBefore: before,
      paidFrom: earliest,
      paidBefore: now,
      onSetAside: shelf.add,
      isSetAside: shelf.has,
      onProgress: async (through) => void (await mark(through)),
    },
    signal,
  );
  const problem = shelf.size > 0 ? wordsForSetAside(shelf.size) : null;
  if (outcome.kind === "swept") await mark(before, problem);
  else if (outcome.problem !== null)
    await deps.database.prisma.store.updateMany({
      where: { id: store.id },
      data: { sweepProblem: outcome.problem },
    });
  const taken = outcome.taken + later;
  if (taken > 0)
    deps.log.warn({ shop: store.shop, taken }, "orders came without a webhook and were taken in");
  return { ...outcome, taken };
}

function wordsForSetAside(orders: number): string {
  return sayText({ key: "settings.missed.problem.setAside", values: { count: orders, number: orders } });
}

export type PeriodOutcome = SweepOutcome | { readonly kind: "refused"; readonly words: string };

/**
 * The same on demand, for orders paid in a period: what a person asks for after an outage. Orders paid before the store
 * installed us count too, because somebody asked.
 *
 * @param period unix milliseconds, at most seven days, not in the future
 */
export async function sweepPeriod(
  deps: SweepDependencies,
  shop: string,
  period: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<PeriodOutcome> {
  const now = deps.clock();
  const to = Math.min(period.to, now);
  if (!(period.from < to))
    return { kind: "refused", words: sayText({ key: "settings.missed.problem.periodEmpty" }) };
  if (to - period.from > LONGEST_MS)
    return { kind: "refused", words: sayText({ key: "settings.missed.problem.periodLong" }) };
  if (now - period.from > LONGEST_MS + DAY_MS)
    return {
      kind: "refused",
      words: sayText({ key: "settings.missed.problem.periodOld" }),
    };
  const store = await deps.database.prisma.store.findFirst({ where: { shop, state: "installed" } });
  if (!store) return { kind: "refused", words: sayText({ key: "settings.missed.problem.notInstalled" }) };
  let unread = 0;
  const outcome = await sweepOrders(
    deps,
    {
      storeId: store.id,
      shop,
      changedFrom: period.from,
      changedBefore: now + MINUTE_MS,
      paidFrom: period.from,
      paidBefore: to,
      isSetAside: () => false,
      onSetAside: async () => {
        unread += 1;
        return unread <= MOST_SET_ASIDE;
      },
    },
    signal,
  );
  if (outcome.kind !== "swept" || unread === 0) return outcome;
  return {
    ...outcome,
    kind: "broken_off",
    problem: sayText({
      key: "settings.missed.problem.unread",
      values: { count: unread, number: unread },
    }),
  };
}

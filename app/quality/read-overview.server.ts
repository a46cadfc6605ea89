import type { Store } from "@prisma/client";

import type { Database } from "../platform/database/database.server.ts";
import { sourcesOf } from "../stores/settings/store-settings.ts";
import { splitCustomers, type CustomerSplit } from "./customer-split.ts";
import { readDatasetScore, type DatasetScore } from "./dataset-score.ts";
import { isStopped } from "./dataset-status.ts";
import { statusOfDedup, type DedupStatus } from "./dedup-status.ts";
import { rateErrors, type ErrorRate } from "./error-rate.ts";
import { findAttention, type Attention } from "./find-attention.ts";
import { judgeReach, type Reach } from "./judge-reach.ts";
import { coverKeys, type KeyCoverage } from "./key-coverage.ts";
import { accountOrders, type OrdersAccounted } from "./orders-accounted.ts";
import { readChanges, type StoreChangeView } from "./read-changes.server.ts";
import type { DatasetView } from "./read-datasets.server.ts";
import { readFunnelSteps, type FunnelStep } from "./read-funnel-steps.server.ts";
import { readOverviewFrame, type OverviewFrame } from "./read-overview-frame.server.ts";
import { countFailed, readMilestones, readSnapshots } from "./read-overview-rows.server.ts";
import { readStorefront, type StorefrontReport } from "./read-storefront.server.ts";
import { readTallies, type TallyRow } from "./read-tallies.server.ts";
import { readSightings } from "./read-sightings.server.ts";
import { isAlwaysOn, setupSteps, type SetupState } from "./setup-steps.ts";
import { dayIn, shift, type PeriodChoice } from "./store-period.ts";
import type { Sum } from "./sum-tallies.ts";
import { sayStored } from "../texts/say-stored.server.ts";

export interface OverviewReport extends OverviewFrame {
  /** Worst first. */
  readonly attention: readonly Attention[];
  /** Null once everything in it was seen. */
  readonly setup: readonly SetupState[] | null;
  /** No kind of order is switched on, so nothing is sent. */
  readonly isAllOff: boolean;
  readonly storefront: StorefrontReport;
  /** What changed in these days, newest first. */
  readonly changes: readonly StoreChangeView[];
  /** Of the whole store; `before` null where the app was not there for all of the days before. */
  readonly recovered: { readonly now: Sum; readonly before: Sum | null };
  readonly reach: Reach;
  readonly orders: OrdersAccounted;
  readonly errors: ErrorRate;
  readonly dedup: DedupStatus;
  readonly match: MatchQuality;
  /** The steps before the purchase, and the purchase. */
  readonly steps: readonly FunnelStep[];
  readonly customers: CustomerSplit & {
    /** Whether the store tells Meta what it knows of them. */
    readonly isSent: boolean;
  };
}

export interface MatchQuality {
  /** Meta's newest reading, whatever the period. */
  readonly latest: (DatasetScore & { readonly takenAt: number }) | null;
  /** Sales that Meta took from us in the last 28 days: with too few of them the score says little. */
  readonly scoredSales: number;
  /** Why Meta's newest answer held no reading; null when it held one or was never asked. */
  readonly problem: string | null;
  readonly history: readonly { readonly day: string; readonly score: number | null }[];
  readonly keys: readonly KeyCoverage[];
}

/** A difference that is older than this says nothing of what is wrong now. */
const RECENT_DAYS = 7;
const SCORED_DAYS = 28;

/** Everything that the overview shows of one store, from counts and a handful of rows by key; no log is scanned. */
export async function readOverview(
  database: Database,
  input: {
    readonly store: Store;
    readonly period: PeriodChoice;
    /** Row ID of a dataset, from the address; one of another store counts as not given. */
    readonly dataset: string | null;
    readonly now: number;
  },
): Promise<OverviewReport> {
  const { store, now } = input;
  const { frame, period, datasets, chosen, datasetId } = await readOverviewFrame(database, input);
  const { today } = frame.period;
  const lately = shift(today, 1 - SCORED_DAYS);
  const [all, snapshots, storefront, milestones, failed, changes, sharing, steps] = await Promise.all([
    readTallies(database, {
      storeId: store.id,
      from: period.before.from < lately ? period.before.from : lately,
      to: today,
    }),
    readSnapshots(database, datasetId, period),
    readStorefront(database, store),
    readMilestones(database, store.id),
    countFailed(database, store.id, now),
    readChanges(database, store, period),
    pagesSharing(database, store, now),
    readFunnelSteps(database, { store, datasetId, from: period.from, to: period.to }),
  ]);
  const rows = rowsOf(all, period);
  const rowsBefore = rowsOf(all, period.before);
  const orders = accountOrders(rows, datasetId, period.all);
  const dedup = statusOfDedup(rows, period.all);
  const isAllOff = !Object.values(sourcesOf(store.sources)).includes(true);
  const setup = stepsOf({
    datasets,
    store,
    milestones,
    lastHeartbeat: storefront.lastHeartbeat,
    sharing,
    now,
  });
  const attention = findAttention({
    datasets: datasets.map((each) => ({ ...each, heldMessage: each.held?.message ?? null })),
    hasSources: !isAllOff,
    failedDeliveries: failed,
    ...latelyPaired(all, today),
    webPixel: storefront.webPixel,
    metafield: storefront.metafield,
    sweepProblem: sayStored(store.sweepProblem),
    lastHeartbeat: storefront.lastHeartbeat,
    now,
  });
  return {
    ...frame,
    attention,
    steps,
    setup: setup.every((each) => each.done) ? null : setup,
    isAllOff,
    storefront,
    changes: [...silenceOf(attention, period, store.timeZone), ...changes],
    recovered: {
      now: dedup.serverOnly,
      before: wasThere(store, milestones.firstDay, period.before.from)
        ? statusOfDedup(rowsBefore, []).serverOnly
        : null,
    },
    reach: judgeReach(orders, accountOrders(rowsBefore, datasetId, []), {
      isHeld: chosen !== undefined && isStopped(chosen.status),
      hasDataset: chosen !== undefined,
    }),
    orders,
    errors: rateErrors(rows, datasetId, period.all),
    dedup,
    customers: { ...splitCustomers(rows), isSent: store.customerSegmentation },
    match: matchOf({
      rows,
      lately: rowsOf(all, { from: lately, to: today }),
      snapshots,
      datasetId,
      days: period.all,
    }),
  };
}

/** A silence of the theme embed that still lasts has no row in the log yet. */
function silenceOf(
  attention: readonly Attention[],
  { from, to }: { readonly from: string; readonly to: string },
  timeZone: string,
): readonly StoreChangeView[] {
  return attention.flatMap((each): readonly StoreChangeView[] => {
    if (each.kind !== "embed_silent") return [];
    const day = dayIn(timeZone, each.since);
    return day < from || day > to
      ? []
      : [{ id: "silence", at: each.since, day, kind: "embed_silent", by: "app", dataset: null, details: {} }];
  });
}

/** Whether the app counted on that day already. */
function wasThere(store: Store, firstDay: string | null, day: string): boolean {
  return dayIn(store.timeZone, store.installedAt.getTime()) <= day || (firstDay !== null && firstDay <= day);
}

function rowsOf(
  rows: readonly TallyRow[],
  { from, to }: { readonly from: string; readonly to: string },
): readonly TallyRow[] {
  return rows.filter((row) => row.day >= from && row.day <= to);
}

/** Of the last days, whatever the period: what differs now, and whether orders come at all. */
function latelyPaired(all: readonly TallyRow[], today: string) {
  const of = (days: number) => statusOfDedup(rowsOf(all, { from: shift(today, 1 - days), to: today }), []);
  const sales = of(2);
  return {
    mismatched: of(RECENT_DAYS).mismatched.count,
    webOrdersRecently: sales.paired.count + sales.serverOnly.count > 0,
  };
}

/** Asked of the pages only where Shopify itself did not tell. */
async function pagesSharing(database: Database, store: Store, now: number): Promise<string | null> {
  if (store.webPixelSharing !== null) return null;
  const { sightings } = await readSightings(database, store.id, now);
  const own = sightings.filter(
    ({ kind, isCredible, isGone }) => kind === "own_pixel" && isCredible && !isGone,
  );
  return own.toSorted((a, b) => b.lastSeen - a.lastSeen)[0]?.sharing ?? null;
}

function stepsOf(input: {
  readonly datasets: readonly DatasetView[];
  readonly store: Store;
  readonly milestones: Awaited<ReturnType<typeof readMilestones>>;
  readonly lastHeartbeat: number | null;
  /** What pages say of our web pixel. */
  readonly sharing: string | null;
  readonly now: number;
}): readonly SetupState[] {
  return setupSteps({
    datasets: input.datasets.map((each) => ({
      state: each.state,
      hasToken: each.hasToken,
      held: each.held !== null,
      checkResult: each.checkResult,
    })),
    lastHeartbeat: input.lastHeartbeat,
    webPixelState: input.store.webPixelState,
    alwaysOn: isAlwaysOn(input.store.webPixelSharing, input.sharing),
    ...input.milestones,
    now: input.now,
  });
}

function matchOf(input: {
  readonly rows: readonly TallyRow[];
  readonly lately: readonly TallyRow[];
  readonly snapshots: Awaited<ReturnType<typeof readSnapshots>>;
  readonly datasetId: bigint | null;
  readonly days: readonly string[];
}): MatchQuality {
  const { rows, snapshots, datasetId, days } = input;
  const read = snapshots.findLast((each) => each.quality !== null);
  const score = readDatasetScore(read?.quality ?? null);
  return {
    latest: score && read ? { ...score, takenAt: read.takenAt.getTime() } : null,
    scoredSales: accountOrders(input.lately, datasetId, []).delivered.count,
    problem: snapshots.at(-1)?.problem ?? null,
    history: days.map((day) => ({
      day,
      score: snapshots.find((each) => each.day.toISOString().startsWith(day))?.score?.toNumber() ?? null,
    })),
    keys: coverKeys(rows, datasetId, score?.keys ?? []),
  };
}

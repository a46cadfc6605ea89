import type { Store } from "@prisma/client";

import type { Database } from "../platform/database.server.ts";
import { readDatasetScore, type DatasetScore } from "./dataset-score.ts";
import { findAttention, type Attention } from "./find-attention.ts";
import { statusOfDedup, type DedupStatus } from "./dedup-status.ts";
import { rateErrors, type ErrorRate } from "./error-rate.ts";
import { coverKeys, type KeyCoverage } from "./key-coverage.ts";
import { accountOrders, type OrdersAccounted } from "./orders-accounted.ts";
import { readTallies } from "./read-tallies.server.ts";
import { setupSteps, type SetupState } from "./setup-steps.ts";
import { storePeriod, type PeriodDays } from "./store-period.ts";

export interface HomeReport {
  readonly days: PeriodDays;
  readonly from: string;
  readonly to: string;
  readonly datasets: readonly { readonly id: string; readonly label: string }[];
  /** The dataset that the figures are of; null while none was connected. */
  readonly dataset: string | null;
  readonly attention: Attention | null;
  /** Null once everything in it was seen. */
  readonly setup: readonly SetupState[] | null;
  readonly orders: OrdersAccounted;
  readonly errors: ErrorRate;
  readonly dedup: DedupStatus;
  readonly match: MatchQuality;
}

export interface MatchQuality {
  /** Meta's newest reading, whatever the period. */
  readonly latest: (DatasetScore & { readonly takenAt: number }) | null;
  /** Why Meta's newest answer held no reading; null when it held one or was never asked. */
  readonly problem: string | null;
  readonly history: readonly { readonly day: string; readonly score: number | null }[];
  readonly keys: readonly KeyCoverage[];
}

/** A difference that is older than this says nothing of what is wrong now. */
const MENDABLE_DAYS = 7;

/** Everything that Home shows of one store, from counts and a handful of rows by key; no log is scanned. */
export async function readHome(
  database: Database,
  input: {
    readonly store: Store;
    readonly days: PeriodDays;
    /** Row ID of a dataset, from the address; one of another store counts as not given. */
    readonly dataset: string | null;
    readonly now: number;
  },
): Promise<HomeReport> {
  const { store, now } = input;
  const { prisma } = database;
  const period = storePeriod(input.days, store.timeZone, now);
  const datasets = await prisma.dataset.findMany({
    where: { storeId: store.id, state: { not: "disconnected" } },
    orderBy: { id: "asc" },
  });
  const chosen = datasets.find((each) => String(each.id) === input.dataset) ?? datasets[0];
  const [rows, snapshots, heartbeat, milestones, unsettled] = await Promise.all([
    readTallies(database, { storeId: store.id, from: period.from, to: period.to }),
    readSnapshots(database, chosen?.id ?? null),
    prisma.heartbeat.findFirst({ where: { storeId: store.id }, orderBy: { lastSeenAt: "desc" } }),
    readMilestones(database, store.id),
    countUnsettled(database, store.id, now),
  ]);
  const datasetId = chosen?.id ?? null;
  const orders = accountOrders(rows, datasetId, period.all);
  const dedup = statusOfDedup(rows, period.all);
  const lastHeartbeat = heartbeat?.lastSeenAt.getTime() ?? null;
  const steps = setupSteps({
    datasets: datasets.map((each) => ({
      state: each.state,
      hasToken: each.sealedToken !== null,
      held: each.heldAt !== null,
      checkResult: each.checkResult,
    })),
    lastHeartbeat,
    webPixelState: store.webPixelState,
    ...milestones,
    now,
  });
  const newest = snapshots.at(-1);
  const read = snapshots.findLast((each) => each.quality !== null);
  const score = readDatasetScore(read?.quality ?? null);
  return {
    days: period.days,
    from: period.from,
    to: period.to,
    datasets: datasets.map((each) => ({ id: String(each.id), label: each.name ?? each.datasetId })),
    dataset: datasetId === null ? null : String(datasetId),
    attention: findAttention({
      held: datasets.flatMap((each) =>
        each.heldAt === null || each.state !== "active"
          ? []
          : [
              {
                kind: "dataset_held" as const,
                datasetRow: String(each.id),
                name: each.name ?? each.datasetId,
                class: each.heldClass ?? "unknown",
                message: each.heldMessage,
                since: each.heldAt.getTime(),
                waiting: unsettled.get(each.id)?.waiting ?? 0,
              },
            ],
      ),
      failedDeliveries: [...unsettled.values()].reduce((sum, { failed }) => sum + failed, 0),
      mismatched: dedup.byDay.slice(-MENDABLE_DAYS).reduce((sum, day) => sum + day.mismatched, 0),
      webPixel: { state: store.webPixelState, problem: store.webPixelProblem },
      metafield: { state: store.metafieldState, problem: store.metafieldProblem },
      sweepProblem: store.sweepProblem,
      lastHeartbeat,
      webOrdersRecently: dedup.byDay.slice(-2).some((day) => day.paired + day.serverOnly > 0),
      now,
    }),
    setup: steps.every((each) => each.done) ? null : steps,
    orders,
    errors: rateErrors(rows, datasetId, period.all),
    dedup,
    match: {
      latest: score && read ? { ...score, takenAt: read.takenAt.getTime() } : null,
      problem: newest?.problem ?? null,
      history: period.all.map((day) => ({
        day,
        score: snapshots.find((each) => each.day.toISOString().startsWith(day))?.score?.toNumber() ?? null,
      })),
      keys: coverKeys(rows, datasetId, score?.keys ?? []),
    },
  };
}

/** The last 90 readings, oldest first. */
async function readSnapshots({ prisma }: Database, datasetId: bigint | null) {
  if (datasetId === null) return [];
  const newestFirst = await prisma.scoreSnapshot.findMany({
    where: { datasetId },
    orderBy: { day: "desc" },
    take: 90,
  });
  return newestFirst.reverse();
}

async function readMilestones({ prisma }: Database, storeId: bigint) {
  const [row] = await prisma.$queryRaw<{ purchaseSeen: boolean; pairSeen: boolean }[]>`
    WITH counted AS (
      SELECT metric, label, count FROM tally WHERE store_id = ${storeId}::bigint AND metric IN ('order', 'pairing')
      UNION ALL
      SELECT metric, label, count FROM tally_delta WHERE store_id = ${storeId}::bigint AND metric IN ('order', 'pairing'))
    SELECT coalesce(bool_or(metric = 'order' AND count > 0), false) AS "purchaseSeen",
           coalesce(bool_or(metric = 'pairing' AND label LIKE '%:paired' AND count > 0), false) AS "pairSeen"
    FROM counted`;
  return row ?? { purchaseSeen: false, pairSeen: false };
}

interface Unsettled {
  readonly waiting: number;
  /** Failed, and young enough to be sent again by hand. */
  readonly failed: number;
}

/** By dataset; read through an index that holds nothing else. */
async function countUnsettled(
  { prisma }: Database,
  storeId: bigint,
  now: number,
): Promise<ReadonlyMap<bigint, Unsettled>> {
  const rows = await prisma.$queryRaw<(Unsettled & { readonly datasetId: bigint })[]>`
    SELECT dataset_id AS "datasetId", count(*) FILTER (WHERE state <> 'dead')::int AS waiting,
           count(*) FILTER (WHERE state = 'dead' AND expires_at > ${new Date(now)}::timestamptz)::int AS failed
    FROM delivery
    WHERE store_id = ${storeId}::bigint AND state IN ('waiting', 'due', 'leased', 'retrying', 'held', 'dead')
    GROUP BY dataset_id`;
  return new Map(rows.map((row) => [row.datasetId, row]));
}

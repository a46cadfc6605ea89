import type { Dataset } from "@prisma/client";

import type { Database } from "../platform/database/database.server.ts";
import { datasetStatus, type DatasetStatus } from "./dataset-status.ts";

export interface DatasetView {
  readonly id: string;
  readonly datasetId: string;
  readonly name: string | null;
  readonly label: string;
  /** active | paused | disconnected */
  readonly state: string;
  /** What it does now, and since when. */
  readonly status: DatasetStatus;
  readonly hasToken: boolean;
  readonly tokenLastFour: string | null;
  /** Unix milliseconds */
  readonly connectedAt: number;
  readonly checkedAt: number | null;
  readonly checkResult: string | null;
  readonly held: {
    readonly class: string;
    readonly message: string | null;
    readonly code: string | null;
    readonly since: number;
  } | null;
  /** Events that are not settled yet. */
  readonly waiting: number;
  /** When the last one was accepted, unix milliseconds. */
  readonly lastSentAt: number | null;
}

/** A store's datasets, disconnected ones last; with `id` only that one, or none when it is another store's. */
export async function readDatasets(
  { prisma }: Database,
  input: { readonly storeId: bigint; readonly now: number; readonly id?: string },
): Promise<readonly DatasetView[]> {
  const { storeId, id } = input;
  if (id !== undefined && !/^\d{1,18}$/.test(id)) return [];
  const datasets = await prisma.dataset.findMany({
    where: { storeId, ...(id === undefined ? {} : { id: BigInt(id) }) },
    orderBy: { id: "asc" },
  });
  const waiting = await prisma.$queryRaw<{ datasetId: bigint; count: number }[]>`
    SELECT dataset_id AS "datasetId", count(*)::int AS count FROM delivery
    WHERE store_id = ${storeId}::bigint AND state IN ('waiting', 'due', 'leased', 'retrying', 'held')
    GROUP BY dataset_id`;
  const lastOk = await Promise.all(
    datasets.map((each) =>
      prisma.attempt.findFirst({
        where: { storeId, datasetId: each.id, class: "ok" },
        orderBy: { startedAt: "desc" },
        select: { startedAt: true },
      }),
    ),
  );
  const views = datasets.map((each, index) =>
    viewOf(each, {
      now: input.now,
      waiting: waiting.find((row) => row.datasetId === each.id)?.count ?? 0,
      lastSentAt: lastOk[index]?.startedAt.getTime() ?? null,
    }),
  );
  return views.sort((a, b) => Number(a.state === "disconnected") - Number(b.state === "disconnected"));
}

function viewOf(
  row: Dataset,
  more: { readonly now: number; readonly waiting: number; readonly lastSentAt: number | null },
): DatasetView {
  return {
    id: String(row.id),
    datasetId: row.datasetId,
    name: row.name,
    label: row.name ?? row.datasetId,
    state: row.state,
    status: datasetStatus({ ...row, lastSentAt: more.lastSentAt }, more.now),
    hasToken: row.sealedToken !== null,
    tokenLastFour: row.tokenLastFour,
    connectedAt: row.createdAt.getTime(),
    checkedAt: row.checkedAt?.getTime() ?? null,
    checkResult: row.checkResult,
    held:
      row.heldAt === null
        ? null
        : {
            class: row.heldClass ?? "unknown",
            message: row.heldMessage,
            code: row.heldCode,
            since: row.heldAt.getTime(),
          },
    waiting: more.waiting,
    lastSentAt: more.lastSentAt,
  };
}

import type { ScoreSnapshot } from "@prisma/client";

import type { Database } from "../../platform/database/database.server.ts";
import { readDatasetScore, readEventScores, type DatasetScore } from "../../quality/dataset-score.ts";
import type { AuditedDataset, AuditedSnapshot } from "../facts/audit-facts.ts";

const DAY_MS = 86_400_000;
/** Readings of Meta's scores that are compared. */
const SNAPSHOT_DAYS = 35;

/** A store's connected datasets with Meta's readings of the last five weeks. @param now Unix milliseconds */
export async function readAuditedDatasets(
  { prisma }: Database,
  storeId: bigint,
  now: number,
): Promise<readonly AuditedDataset[]> {
  const [datasets, expiring] = await Promise.all([
    prisma.dataset.findMany({
      where: { storeId, state: { not: "disconnected" } },
      orderBy: { id: "asc" },
      include: {
        snapshots: {
          where: { day: { gte: new Date(now - SNAPSHOT_DAYS * DAY_MS) } },
          orderBy: { day: "asc" },
        },
      },
    }),
    prisma.$queryRaw<{ datasetId: bigint; count: number }[]>`
      SELECT dataset_id AS "datasetId", count(*)::int AS count FROM delivery
      WHERE store_id = ${storeId}::bigint AND state IN ('waiting', 'due', 'leased', 'retrying', 'held')
        AND expires_at < ${new Date(now + DAY_MS)}::timestamptz
      GROUP BY dataset_id`,
  ]);
  const lastSent = await Promise.all(
    datasets.map((each) =>
      prisma.attempt.findFirst({
        where: { storeId, datasetId: each.id, class: "ok" },
        orderBy: { startedAt: "desc" },
        select: { startedAt: true },
      }),
    ),
  );
  return datasets.map((each, index) => ({
    row: String(each.id),
    datasetId: each.datasetId,
    label: each.name ?? each.datasetId,
    state: each.state,
    hasToken: each.sealedToken !== null,
    checkResult: each.checkResult,
    checkedAt: each.checkedAt?.getTime() ?? null,
    lastSentAt: lastSent[index]?.startedAt.getTime() ?? null,
    held: each.heldAt === null ? null : { class: each.heldClass ?? "unknown", since: each.heldAt.getTime() },
    tokenExpiresAt: each.tokenExpiresAt?.getTime() ?? null,
    connectedAt: each.createdAt.getTime(),
    expiringSoon: expiring.find(({ datasetId }) => datasetId === each.id)?.count ?? 0,
    snapshots: each.snapshots.map(snapshotFrom),
  }));
}

function snapshotFrom(row: ScoreSnapshot): AuditedSnapshot {
  const purchase = readDatasetScore(row.quality);
  const events: Record<string, DatasetScore> = {
    ...readEventScores(row.others),
    ...(purchase && { Purchase: purchase }),
  };
  return {
    day: row.day.toISOString().slice(0, 10),
    takenAt: row.takenAt.getTime(),
    problem: row.problem,
    events,
    ours: row.ours === null ? null : readEventScores(row.ours),
  };
}

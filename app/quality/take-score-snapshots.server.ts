import { purchase } from "../../extensions/contract/events/purchase.ts";
import type { GraphClient } from "../meta/graph-client.server.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { SecretBox } from "../platform/process/secret-box.server.ts";
import { openDatasetToken } from "../stores/datasets/open-dataset-token.server.ts";
import { pickEvent, readDatasetScore } from "./dataset-score.ts";
import { dayIn } from "./store-period.ts";

/** Meta's figures change slowly and its calls are limited: one dataset after the other, one reading a day each. */
export interface SnapshotDependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly graph: Pick<GraphClient, "datasetQuality">;
  /** Opens the dataset's token. */
  readonly secretBox: Pick<SecretBox, "open">;
}

/**
 * Writes down Meta's own scores for every connected dataset that has no reading for the store's present day, or whose
 * reading of today found nothing: those of purchases, of every other event, and of what Tandem sent alone, where Meta tells
 * it. Meta keeps no history, so a day that is missed stays missing. Safe to cut off and to repeat.
 */
export async function takeScoreSnapshots(
  deps: SnapshotDependencies,
  signal?: AbortSignal,
): Promise<{ readonly taken: number; readonly failed: number }> {
  const { prisma } = deps.database;
  const datasets = await prisma.dataset.findMany({
    where: { state: { in: ["active", "paused"] }, sealedToken: { not: null }, store: { state: "installed" } },
    select: {
      id: true,
      storeId: true,
      datasetId: true,
      sealedToken: true,
      store: { select: { timeZone: true } },
    },
    orderBy: { id: "asc" },
  });
  let taken = 0;
  let failed = 0;
  for (const dataset of datasets) {
    if (signal?.aborted) break;
    const now = deps.clock();
    const day = dayIn(dataset.store.timeZone, now);
    const [known] = await prisma.$queryRaw<{ id: bigint }[]>`
      SELECT id FROM score_snapshot
      WHERE dataset_id = ${dataset.id}::bigint AND day = ${day}::date AND problem IS NULL AND quality IS NOT NULL`;
    if (known) continue;
    const token = openDatasetToken(deps, dataset);
    if (token === undefined) continue;
    const answer = await deps.graph.datasetQuality({ datasetId: dataset.datasetId, token });
    const quality = answer.ok ? pickEvent(answer.web, purchase.name) : null;
    const said = readDatasetScore(quality)?.score;
    // Meta's scale is 0 to 10; anything else is not a score.
    const score = said !== undefined && said >= 0 && said <= 10 ? said : null;
    const problem = answer.ok ? null : answer.rejection.class;
    const others = answer.ok ? answer.web.filter((each) => each !== quality) : [];
    // A dataset without any event yet has nothing of ours either.
    const isWorthAsking = answer.ok && answer.web.length > 0;
    const ours = isWorthAsking
      ? await deps.graph.datasetQuality({ datasetId: dataset.datasetId, token, ofOurs: true })
      : undefined;
    await prisma.$executeRaw`
      INSERT INTO score_snapshot (store_id, dataset_id, day, taken_at, quality, score, problem, others, ours)
      VALUES (${dataset.storeId}::bigint, ${dataset.id}::bigint, ${day}::date, ${new Date(now)}::timestamptz,
              ${jsonOf(quality)}::jsonb, ${score}::numeric, ${problem},
              ${jsonOf(others.length > 0 ? others : null)}::jsonb, ${jsonOf(ours?.ok ? ours.web : null)}::jsonb)
      ON CONFLICT (dataset_id, day) DO UPDATE SET taken_at = excluded.taken_at, quality = excluded.quality,
        score = excluded.score, problem = excluded.problem, others = excluded.others, ours = excluded.ours`;
    if (answer.ok) taken += 1;
    else failed += 1;
  }
  return { taken, failed };
}

const jsonOf = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

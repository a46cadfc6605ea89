import { checkDataset } from "../meta/check-dataset.ts";
import type { GraphClient } from "../meta/graph-client.server.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { SecretBox } from "../platform/process/secret-box.server.ts";
import { checkColumns } from "../stores/datasets/connect-dataset.server.ts";
import { openDatasetToken } from "../stores/datasets/open-dataset-token.server.ts";

const EVERY_MS = 86_400_000;
/** Datasets asked about in one run. */
const MOST = 1_000;

/**
 * Asks Meta once a day what it knows of each dataset's token: whether it is valid, for this dataset, and until when, so that
 * a token that is about to end is known before an order is refused. Sends no event. An answer that is no verdict (Meta busy
 * or away) changes nothing; the next run asks again.
 */
export async function checkTokens(
  deps: {
    readonly database: Database;
    readonly clock: Clock;
    readonly graph: Pick<GraphClient, "debugToken">;
    readonly secretBox: Pick<SecretBox, "open">;
  },
  signal?: AbortSignal,
): Promise<{ readonly checked: number; readonly refused: number; readonly unanswered: number }> {
  const { prisma } = deps.database;
  const due = await prisma.dataset.findMany({
    where: {
      state: { in: ["active", "paused"] },
      sealedToken: { not: null },
      store: { state: "installed" },
      OR: [{ checkedAt: null }, { checkedAt: { lt: new Date(deps.clock() - EVERY_MS) } }],
    },
    select: { id: true, storeId: true, datasetId: true, sealedToken: true },
    orderBy: { checkedAt: { sort: "asc", nulls: "first" } },
    take: MOST,
  });
  const counts = { checked: 0, refused: 0, unanswered: 0 };
  for (const dataset of due) {
    if (signal?.aborted) break;
    const token = openDatasetToken(deps, dataset);
    if (token === undefined) continue;
    const check = checkDataset(dataset.datasetId, await deps.graph.debugToken(token));
    if (!check.ok && (check.code === "unreachable" || check.code === "throttled")) {
      counts.unanswered += 1;
      continue;
    }
    // A token that was replaced meanwhile has its own check.
    await prisma.dataset.updateMany({
      where: { id: dataset.id, sealedToken: dataset.sealedToken },
      data: checkColumns(check, deps.clock()),
    });
    counts.checked += 1;
    if (!check.ok) counts.refused += 1;
  }
  return counts;
}

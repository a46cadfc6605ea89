import { checkDataset } from "../meta/check-dataset.ts";
import type { GraphClient } from "../meta/graph-client.server.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { SecretBox } from "../platform/process/secret-box.server.ts";
import type { ClaimOptions, ClaimedLane } from "./claim-due-deliveries.server.ts";
import type { LanePurpose } from "./serve-lane.server.ts";
import { openDatasetToken } from "../stores/datasets/open-dataset-token.server.ts";
import { releaseDataset } from "../stores/datasets/release-dataset.server.ts";
import { takeProbes } from "./hold-dataset.server.ts";

export interface ProbeDeps {
  readonly database: Database;
  readonly graph: Pick<GraphClient, "debugToken">;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly claim: (
    given: Pick<ClaimOptions, "mode" | "lanes" | "limit"> & Partial<ClaimOptions>,
  ) => Promise<readonly ClaimedLane[]>;
  readonly serve: (lane: ClaimedLane, purpose: LanePurpose) => Promise<void>;
}

/**
 * Tries whether Meta answers again, with one event of the first dataset that has one to send.
 * @param onTrial called before the event goes
 */
export async function tryMeta(
  deps: Pick<ProbeDeps, "claim" | "serve">,
  candidates: readonly bigint[],
  onTrial: (datasetId: bigint) => void,
): Promise<void> {
  for (const datasetId of candidates) {
    const lanes = await deps.claim({ mode: { kind: "probe", datasetId }, lanes: 1, limit: 1, busy: [] });
    if (lanes.length === 0) continue;
    onTrial(datasetId);
    await Promise.all(lanes.map((lane) => deps.serve(lane, "trial")));
    return;
  }
}

/**
 * Tries each held dataset whose probe is due with the one event that is most urgent: only sending shows whether sending
 * works. Where nothing is queued the token is looked up instead.
 */
export async function probeHeldDatasets(deps: ProbeDeps): Promise<number> {
  const held = await takeProbes(deps.database, { now: deps.clock(), random: deps.random(), limit: 8 });
  await Promise.all(
    held.map(async (dataset) => {
      const lanes = await deps.claim({
        mode: { kind: "probe", datasetId: dataset.id },
        lanes: 1,
        limit: 1,
        busy: [],
      });
      for (const lane of lanes) await deps.serve(lane, "probe");
      if (lanes.length === 0) await lookUpToken(deps, dataset);
    }),
  );
  return held.length;
}

async function lookUpToken(
  deps: ProbeDeps,
  dataset: {
    readonly id: bigint;
    readonly storeId: bigint;
    readonly metaDatasetId: string;
    readonly sealedToken: string | null;
  },
): Promise<void> {
  const token = openDatasetToken(deps, { ...dataset, datasetId: dataset.metaDatasetId });
  if (token === undefined) return;
  const check = checkDataset(dataset.metaDatasetId, await deps.graph.debugToken(token));
  // A token that does not name its datasets proves nothing about this one: sending will.
  if (check.ok && check.datasetConfirmed) await releaseDataset(deps.database, dataset.id);
}

import { checkDataset } from "../meta/check-dataset.ts";
import type { GraphClient } from "../meta/graph-client.server.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.server.ts";
import type { Log } from "../platform/log.server.ts";
import type { SecretBox } from "../platform/secret-box.server.ts";
import type { BreakerBook } from "./breaker-book.server.ts";
import type { ClaimOptions, ClaimedLane } from "./claim-due-deliveries.server.ts";
import type { LanePurpose } from "./serve-lane.server.ts";
import { releaseDataset, takeProbes } from "./hold-dataset.server.ts";

export interface ProbeDeps {
  readonly database: Database;
  readonly graph: Pick<GraphClient, "debugToken">;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly breakers: BreakerBook;
  readonly claim: (
    given: Pick<ClaimOptions, "mode" | "lanes" | "limit"> & Partial<ClaimOptions>,
  ) => Promise<readonly ClaimedLane[]>;
  readonly serve: (lane: ClaimedLane, purpose: LanePurpose) => Promise<void>;
}

/** One event tells. */
const BREAKER_PROBE_EVENTS = 1;

/** Lets one real event through each breaker whose rest is over. One process at a time does it. */
export async function probeThroughBreakers(deps: ProbeDeps): Promise<number> {
  const scopes = await deps.breakers.takeProbes();
  const found = await Promise.all(
    scopes.map(async (scope) => {
      const datasetId = scope === "meta" ? null : BigInt(scope.slice("dataset:".length));
      const limit = BREAKER_PROBE_EVENTS;
      const lanes = await deps.claim({ mode: { kind: "probe", datasetId }, lanes: 1, limit, busy: [] });
      await Promise.all(lanes.map((lane) => deps.serve(lane, "trial")));
      if (lanes.length === 0) await deps.breakers.giveBack(scope);
      return lanes.length;
    }),
  );
  await deps.breakers.flush();
  return found.reduce((sum, lanes) => sum + lanes, 0);
}

/**
 * Tries each held dataset whose probe is due with the one event that is most urgent: only sending shows whether sending
 * works. Where nothing is queued the token is looked up instead.
 */
export async function probeHeldDatasets(deps: ProbeDeps): Promise<number> {
  if (deps.breakers.isUnwell("meta")) return 0;
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
  if (dataset.sealedToken === null) return;
  const opened = deps.secretBox.open(
    dataset.sealedToken,
    `dataset:${dataset.storeId}:${dataset.metaDatasetId}`,
  );
  if (!opened.ok) return;
  const check = checkDataset(dataset.metaDatasetId, await deps.graph.debugToken(opened.plain));
  // A token that does not name its datasets proves nothing about this one: sending will.
  if (check.ok && check.datasetConfirmed) await releaseDataset(deps.database, dataset.id);
}

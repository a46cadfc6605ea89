import type { PeriodicJobs } from "../platform/process/periodic-jobs.server.ts";
import { foldTallies } from "./fold-tallies.server.ts";
import type { GraphClient } from "../meta/graph-client.server.ts";
import { checkTokens } from "./check-tokens.server.ts";
import { takeScoreSnapshots, type SnapshotDependencies } from "./take-score-snapshots.server.ts";

/** Short enough that readers never add up many deltas, long enough to fold many at once. */
const FOLD_EVERY_MS = 15_000;

/** Each store's day begins at another hour; a reading that is there already costs one look by key. */
const SNAPSHOTS_EVERY_MS = 3_600_000;

/** Each token is asked about once a day; this is how soon after its day has passed. */
const TOKENS_EVERY_MS = 3_600_000;

/** The periodic jobs of this module. */
export function addQualityJobs(
  jobs: PeriodicJobs,
  deps: SnapshotDependencies & { readonly graph: Pick<GraphClient, "debugToken"> },
): void {
  jobs.add({
    name: "fold-tallies",
    everyMs: FOLD_EVERY_MS,
    run: (signal) => foldTallies(deps.database, signal),
  });
  jobs.add({
    name: "score-snapshots",
    everyMs: SNAPSHOTS_EVERY_MS,
    run: (signal) => takeScoreSnapshots(deps, signal),
  });
  jobs.add({ name: "check-tokens", everyMs: TOKENS_EVERY_MS, run: (signal) => checkTokens(deps, signal) });
}

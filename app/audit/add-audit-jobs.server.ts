import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { PeriodicJobs } from "../platform/process/periodic-jobs.server.ts";
import { auditStores } from "./audit-stores.server.ts";

/** Often enough that a store is looked at soon after its hour has come. */
const EVERY_MS = 5 * 60_000;

/** The periodic job of this module. */
export function addAuditJobs(
  jobs: PeriodicJobs,
  deps: { readonly database: Database; readonly clock: Clock; readonly log: Log },
): void {
  jobs.add({ name: "audit-stores", everyMs: EVERY_MS, run: (signal) => auditStores(deps, signal) });
}

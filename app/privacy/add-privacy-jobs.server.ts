import type { PeriodicJobs } from "../platform/process/periodic-jobs.server.ts";
import {
  processComplianceRequests,
  type ComplianceDependencies,
} from "./process-compliance-requests.server.ts";
import { COMPLIANCE_JOB } from "./receive-compliance-request.server.ts";
import { runRetention, vacuumErased } from "./run-retention.server.ts";

const MINUTE_MS = 60_000;

/** The periodic jobs of this module. */
export function addPrivacyJobs(jobs: PeriodicJobs, deps: ComplianceDependencies): void {
  jobs.add({
    name: COMPLIANCE_JOB,
    everyMs: MINUTE_MS,
    run: (signal) => processComplianceRequests(deps, signal),
  });
  jobs.add({ name: "retention", everyMs: 15 * MINUTE_MS, run: (signal) => runRetention(deps, signal) });
  jobs.add({ name: "vacuum", everyMs: 24 * 60 * MINUTE_MS, run: () => vacuumErased(deps.database) });
}

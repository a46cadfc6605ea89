import type { PeriodicJobs } from "../platform/process/periodic-jobs.server.ts";
import { collectAlerts } from "./decide/collect-alerts.server.ts";
import { deliverAlerts, type DeliverDeps } from "./send/deliver-alerts.server.ts";

/** The periodic job of this module: decides what is told, then sends what is due. */
export function addAlertJobs(jobs: PeriodicJobs, deps: DeliverDeps): void {
  jobs.add({
    name: "alerts",
    everyMs: 60_000,
    run: async (signal) => {
      const { messages } = await collectAlerts(deps, signal);
      return { messages, ...(await deliverAlerts(deps, signal)) };
    },
  });
}

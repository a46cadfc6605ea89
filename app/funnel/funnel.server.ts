import type { GraphClient } from "../meta/graph-client.server.ts";
import type { BodyLimits } from "../platform/http/body-budget.server.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import type { PeriodicJobs } from "../platform/process/periodic-jobs.server.ts";
import type { SecretBox } from "../platform/process/secret-box.server.ts";
import { leastPriority, type FunnelLoad } from "./decide-shed.ts";
import { createFindFunnelStore } from "./funnel-stores.server.ts";
import { createFunnelWorker, type FunnelWorker } from "./funnel-worker.server.ts";
import { createFunnelWriter } from "./funnel-writer.server.ts";
import { keepPartitions } from "./keep-partitions.server.ts";
import { createLoadGauge } from "./measure-load.server.ts";
import { createShedTally } from "./shed-tally.server.ts";
import {
  createTakeFunnelEvents,
  type FunnelLimits,
  type TakeFunnelEvents,
} from "./take-funnel-events.server.ts";

/** The server's side of the funnel: events come in, wait in the database, and go to Meta. */
export interface Funnel {
  readonly take: TakeFunnelEvents;
  readonly worker: FunnelWorker;
  /** Begins to measure the load and to count what is given up: where events are taken in. */
  start(): void;
  /** Waits for what is being written. */
  stop(): Promise<void>;
}

export interface FunnelOptions {
  readonly database: Database;
  readonly graph: Pick<GraphClient, "sendTexts">;
  readonly secretBox: Pick<SecretBox, "open">;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly isMetaAway: () => boolean;
  readonly limits?: Partial<FunnelLimits>;
  readonly bodyLimits?: BodyLimits;
  /** How full it is; default: measured. */
  readonly load?: () => FunnelLoad;
  /** [0, 1); default Math.random. */
  readonly random?: () => number;
}

const HOUR_MS = 3_600_000;

/** Makes the parts, the partitions that are lacking, and the job that keeps them. */
export async function createFunnel(options: FunnelOptions, jobs: Pick<PeriodicJobs, "add">): Promise<Funnel> {
  const { database, clock } = options;
  await keepPartitions(database, clock());
  jobs.add({
    name: "funnel-partitions",
    everyMs: HOUR_MS,
    run: async () => ({ changed: await keepPartitions(database, clock()) }),
  });
  const writer = createFunnelWriter(options);
  const gauge = createLoadGauge(options);
  const shed = createShedTally(options);
  const load = options.load ?? (() => ({ ...gauge.now(), backlog: writer.backlog }));
  return {
    take: createTakeFunnelEvents({
      ...options,
      findStore: createFindFunnelStore(database),
      writer,
      shed,
      leastPriority: () => leastPriority(load()),
    }),
    worker: createFunnelWorker(options),
    start: () => {
      gauge.start();
      shed.start();
    },
    stop: async () => {
      await writer.idle();
      await gauge.stop();
      await shed.stop();
    },
  };
}

/** How much a worker does at once, and how long it waits. All times in milliseconds. */
export interface WorkerOptions {
  /** Requests to Meta in flight in this process: at 600 ms each, what 850 datasets with one event a second need. */
  readonly concurrency: number;
  /** Of these for one dataset. */
  readonly perDataset: number;
  /** Datasets served in one turn while Meta does not answer, with one event each: enough to notice when it does. */
  readonly lanesWhileAway: number;
  /** Events per request; Meta takes 1,000. */
  readonly batchSize: number;
  /** Deliveries per claim, and in this process's hands in all: the bound on its memory. */
  readonly claimLimit: number;
  readonly eventsInFlight: number;
  /** Longer than any single request can take, settling included. Renewed before each further request. */
  readonly leaseMs: number;
  /** Looks again after this even if nobody called: a notification may be lost. */
  readonly idlePollMs: number;
  /** Between two claims, so that what arrives together travels together. */
  readonly gatherMs: number;
  /** The rest after a turn is as long as the turn took, but not longer than this. */
  readonly longestRestMs: number;
  /** Between two looks at whether Meta answers again and at held datasets; their own times are seconds. */
  readonly probeEveryMs: number;
  readonly reapEveryMs: number;
  readonly expireEveryMs: number;
  /** How long a stop waits for answers before it hangs up. */
  readonly stopGraceMs: number;
}

export const DEFAULT_WORKER_OPTIONS: WorkerOptions = {
  concurrency: 512,
  perDataset: 2,
  lanesWhileAway: 4,
  batchSize: 1_000,
  claimLimit: 2_000,
  eventsInFlight: 8_000,
  leaseMs: 30_000,
  idlePollMs: 2_000,
  gatherMs: 40,
  longestRestMs: 500,
  probeEveryMs: 250,
  reapEveryMs: 5_000,
  expireEveryMs: 60_000,
  stopGraceMs: 8_000,
};

/**
 * The embedded database works in the thread that answers orders and pages, some two milliseconds for each delivery that is
 * claimed and settled: a thousand at once would keep everybody waiting for two seconds (docs/decisions/0818).
 */
export const EMBEDDED_WORKER_OPTIONS = {
  batchSize: 100,
  claimLimit: 200,
  eventsInFlight: 1_000,
} as const satisfies Partial<WorkerOptions>;

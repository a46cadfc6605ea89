import { randomUUID } from "node:crypto";

import type { Clock } from "./clock.ts";
import type { Database } from "../database/database.server.ts";
import { holdLease, type Lease } from "./job-lease.server.ts";
import { redactText, type Log } from "./log.server.ts";
import { inLanguage } from "../../texts/in-language.server.ts";
import { ENGLISH } from "../../texts/language.ts";

/**
 * Work that comes round: retention, sweeps, folding of tallies. However many processes there are, a job runs in one of
 * them at a time and not more often than its interval: whoever gets the lease in the `job` table runs it and renews the
 * lease meanwhile. A process that dies leaves a lease that ends by itself, and the next one takes over.
 *
 * A job may therefore be cut anywhere and begun again: it must work in small steps, each of which can be repeated.
 */
export interface PeriodicJobs {
  add(job: PeriodicJob): void;
  /** Begins to run what is due, now and then at each interval. */
  start(): void;
  /** Asks running jobs to end and waits for them. Nothing is run after it. */
  stop(): Promise<void>;
  /** Runs a job whether it is due or not, unless a process is running it already. */
  runNow(name: string): Promise<JobOutcome>;
}

export interface PeriodicJob {
  /** Lower case, digits and hyphens; the key of its row. */
  readonly name: string;
  /** Milliseconds from the start of one run to the start of the next, whoever runs them. */
  readonly everyMs: number;
  /**
   * Ends early, within seconds, when `signal` is aborted (the process stops, or the lease could not be renewed), leaving the rest to the next run.
   * @returns what the admin may show of it: counts, never personal data
   */
  run(signal: AbortSignal): Promise<object | void>;
}

export type JobOutcome =
  | { readonly kind: "finished"; readonly result: object | null }
  | { readonly kind: "failed"; readonly problem: string }
  /** Not run: another process holds the lease, or it is not due, or the jobs have been stopped. */
  | { readonly kind: "left"; readonly nextAt: number };

export interface PeriodicJobsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds after which a silent process counts as dead. Default 60,000. */
  readonly leaseMs?: number;
}

const LONGEST_SLEEP_MS = 60_000;
const SHORTEST_SLEEP_MS = 50;

export function createPeriodicJobs(options: PeriodicJobsOptions): PeriodicJobs {
  const { database, clock, log, leaseMs = 60_000 } = options;
  const deps = { database, clock, log, leaseMs };
  const jobs = new Map<string, PeriodicJob>();
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  let started = false;

  const runOnce = async (job: PeriodicJob, force: boolean): Promise<JobOutcome> => {
    if (stopping.signal.aborted) return { kind: "left", nextAt: Infinity };
    const lease = await claimJob(database, {
      name: job.name,
      everyMs: job.everyMs,
      force,
      now: clock(),
      leaseMs,
    });
    if (lease.kind === "taken") return { kind: "left", nextAt: lease.nextAt };
    const held = holdLease(deps, job.name, lease);
    let outcome: JobOutcome;
    try {
      // Also where a request asked for it: a job belongs to nobody's page.
      const result = await inLanguage(ENGLISH, () => job.run(AbortSignal.any([stopping.signal, held.lost])));
      outcome = held.lost.aborted
        ? { kind: "failed", problem: "its lease could not be renewed; retrying at its next run" }
        : { kind: "finished", result: result ?? null };
    } catch (error) {
      log.error({ err: error, job: job.name }, "periodic job failed; retrying at its next run");
      outcome = {
        kind: "failed",
        problem: redactText(error instanceof Error ? error.message : String(error)),
      };
    } finally {
      held.release();
    }
    await finishJob(database, job.name, lease.token, clock(), outcome);
    return outcome;
  };

  /** Keeps `stop` waiting for it. */
  const tracked = (job: PeriodicJob, force: boolean): Promise<JobOutcome> => {
    const run = runOnce(job, force);
    running.add(run);
    return run.finally(() => running.delete(run));
  };

  const schedule = (job: PeriodicJob, waitMs: number): void => {
    if (stopping.signal.aborted) return;
    const wait = Math.min(Math.max(waitMs, SHORTEST_SLEEP_MS), LONGEST_SLEEP_MS);
    const timer = setTimeout(() => {
      const begun = clock();
      tracked(job, false).then(
        (outcome) =>
          schedule(job, (outcome.kind === "left" ? outcome.nextAt : begun + job.everyMs) - clock()),
        (error: unknown) => {
          log.error(
            { err: error, job: job.name },
            "periodic job could not be started; retrying at its next run",
          );
          schedule(job, Math.min(job.everyMs, 5_000));
        },
      );
    }, wait);
    timers.set(job.name, timer.unref());
  };

  return {
    add: (job) => {
      if (jobs.has(job.name)) throw new Error(`two periodic jobs are called ${job.name}`);
      jobs.set(job.name, job);
      if (started) schedule(job, 0);
    },
    start: () => {
      if (started) return;
      started = true;
      for (const job of jobs.values()) schedule(job, 0);
    },
    stop: async () => {
      stopping.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.allSettled(running);
    },
    runNow: async (name) => {
      const job = jobs.get(name);
      if (!job) throw new Error(`there is no periodic job called ${name}`);
      return tracked(job, true);
    },
  };
}

type Claim =
  | ({ readonly kind: "claimed" } & Lease)
  /** Unix milliseconds when it is worth asking again. */
  | { readonly kind: "taken"; readonly nextAt: number };

async function claimJob(
  { prisma }: Database,
  job: {
    readonly name: string;
    readonly everyMs: number;
    readonly force: boolean;
    readonly now: number;
    readonly leaseMs: number;
  },
): Promise<Claim> {
  const token = randomUUID();
  const now = new Date(job.now);
  const until = new Date(job.now + job.leaseMs);
  const dueBefore = new Date(job.now - job.everyMs);
  const claimed = await prisma.$queryRaw<{ name: string }[]>`
    INSERT INTO job AS j (name, started_at, lease_token, lease_until)
    VALUES (${job.name}, ${now}::timestamptz, ${token}, ${until}::timestamptz)
    ON CONFLICT (name) DO UPDATE
      SET started_at = excluded.started_at, lease_token = excluded.lease_token, lease_until = excluded.lease_until
      WHERE (j.lease_until IS NULL OR j.lease_until <= ${now}::timestamptz)
        AND (${job.force}::boolean OR j.lease_until IS NOT NULL OR j.started_at IS NULL
             OR j.started_at <= ${dueBefore}::timestamptz)
    RETURNING j.name`;
  if (claimed.length > 0) return { kind: "claimed", token, until: until.getTime() };
  const row = await prisma.job.findUnique({ where: { name: job.name } });
  const due = (row?.startedAt?.getTime() ?? 0) + job.everyMs;
  return { kind: "taken", nextAt: row?.leaseUntil ? row.leaseUntil.getTime() : due };
}

async function finishJob(
  { prisma }: Database,
  name: string,
  token: string,
  now: number,
  outcome: JobOutcome,
): Promise<void> {
  const result = outcome.kind === "finished" && outcome.result ? JSON.stringify(outcome.result) : null;
  await prisma.$executeRaw`
    UPDATE job SET finished_at = ${new Date(now)}::timestamptz, problem = ${outcome.kind === "failed" ? outcome.problem : null},
           result = ${result}::jsonb, lease_token = NULL, lease_until = NULL
    WHERE name = ${name} AND lease_token = ${token}`;
}

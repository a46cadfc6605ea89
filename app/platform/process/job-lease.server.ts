import type { Clock } from "./clock.ts";
import type { Database } from "../database/database.server.ts";
import type { Log } from "./log.server.ts";

/** What a process holds while it runs a job: its row's token, and until when others leave the row alone. */
export interface Lease {
  readonly token: string;
  /** Unix milliseconds by the process's clock, reckoned from before the statement that took or renewed it. */
  readonly until: number;
}

export interface HeldLease {
  /** Aborted when the job must end: somebody else has the lease, or it was not renewed in time. */
  readonly lost: AbortSignal;
  /** Ends the renewals. */
  release(): void;
}

const LONGEST_TICK_MS = 1_000;
/** A renewal that failed is tried again so often. */
const RETRIES_PER_LEASE = 12;

/**
 * Renews a job's lease each third of its time. When a renewal has not succeeded by three quarters of it, whatever the
 * reason (the database is away, an answer that never comes, a process that was frozen), the job is told to end: the last
 * quarter is its time to notice, so that it has ended before another process may begin.
 */
export function holdLease(
  deps: {
    readonly database: Database;
    readonly clock: Clock;
    readonly log: Log;
    /** Milliseconds. */
    readonly leaseMs: number;
  },
  name: string,
  lease: Lease,
): HeldLease {
  const { clock, log, leaseMs } = deps;
  const lost = new AbortController();
  let until = lease.until;
  let askAt = until - (leaseMs * 2) / 3;
  let isAsking = false;

  const lose = (why: string): void => {
    if (lost.signal.aborted) return;
    log.warn({ job: name, why }, "job lost its lease; stopped, retrying at its next run");
    lost.abort();
  };
  const renew = (next: number): void => {
    isAsking = true;
    askAt = next - leaseMs + leaseMs / RETRIES_PER_LEASE;
    renewLease(deps.database, name, lease.token, next)
      .then(
        (isHeld) => {
          if (!isHeld) return lose("another process has it");
          until = next;
          askAt = next - (leaseMs * 2) / 3;
        },
        (error: unknown) => log.warn({ err: error, job: name }, "a job's lease could not be renewed"),
      )
      .finally(() => {
        isAsking = false;
      });
  };
  const ticker = setInterval(
    () => {
      const now = clock();
      // Judged before it is renewed: a process that was frozen past the end may have been replaced.
      if (now >= until - leaseMs / 4) lose("it was not renewed in time");
      else if (!isAsking && now >= askAt) renew(now + leaseMs);
    },
    Math.min(leaseMs / 30, LONGEST_TICK_MS),
  );
  return { lost: lost.signal, release: () => clearInterval(ticker) };
}

/** @returns false when somebody else holds it by now */
async function renewLease(
  { prisma }: Database,
  name: string,
  token: string,
  until: number,
): Promise<boolean> {
  const { count } = await prisma.job.updateMany({
    where: { name, leaseToken: token },
    data: { leaseUntil: new Date(until) },
  });
  return count > 0;
}

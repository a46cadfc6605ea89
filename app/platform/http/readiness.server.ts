import { statfs } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import type { Database } from "../database/database.server.ts";

/** How long a question to the database may take before the answer is no. Milliseconds. */
const ANSWER_MS = 2_000;
/** An answer holds for so long: anybody may ask. Milliseconds. */
const HOLDS_MS = 1_000;
/** After so long without a failure a server whose disk was full is believed again, until the next failure. Milliseconds. */
const FULL_FOR_MS = 10_000;
/** Space that the embedded database needs to take in orders for a while: its write-ahead log grows by 16 MB at a time. */
const LEAST_FREE_BYTES = 64 * 1024 * 1024;

/** What /readyz answers. */
export interface Readiness {
  readonly ready: boolean;
  /** stopping: the process ends; database: no row can be written within two seconds. Absent while it is ready. */
  readonly because?: "stopping" | "database";
}

/**
 * Whether this process can store orders now, for a load balancer: a row was written and committed, within two seconds. A
 * database that reads but does not write (read-only, full disk) is not ready.
 *
 * @param lastFull when the database last refused orders for want of space, `performance.now()`; undefined = since the
 * last order that it took, never
 */
export function createReadiness(deps: {
  readonly database: Database;
  readonly folder: string;
  readonly lastFull: () => number | undefined;
}): () => Promise<boolean> {
  let asked: Promise<boolean> | undefined;
  let answeredAt = -Infinity;

  const ask = async (): Promise<boolean> => {
    const full = deps.lastFull();
    if (full !== undefined && performance.now() - full < FULL_FOR_MS) return false;
    if (deps.database.kind === "embedded" && !(await hasSpace(deps.folder))) return false;
    // The one row of its table, as it is: a write that leaves nothing behind.
    await deps.database.prisma.$executeRaw`UPDATE key_check SET sealed_at = sealed_at`;
    return true;
  };

  /** One question at a time, however many ask: a database that stands still must not gather them. */
  const answer = (): Promise<boolean> => {
    if (asked && performance.now() - answeredAt < HOLDS_MS) return asked;
    const mine = ask().catch(() => false);
    asked = mine;
    answeredAt = Infinity;
    void mine.then(() => (answeredAt = performance.now()));
    return mine;
  };

  return async () => {
    const late = new AbortController();
    const ready = await Promise.race([
      answer(),
      sleep(ANSWER_MS, false, { signal: late.signal, ref: false }).catch(() => false),
    ]);
    late.abort();
    return ready;
  };
}

async function hasSpace(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize >= LEAST_FREE_BYTES;
}

import { setTimeout as sleep } from "node:timers/promises";

import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import { createGroupWriter, Refused } from "../platform/database/group-writer.ts";
import type { Log } from "../platform/process/log.server.ts";
import { isRefusedByValue, sqlStateOf } from "../platform/database/sql-state.server.ts";
import { keepPartitions } from "./keep-partitions.server.ts";
import { writeFunnelEvents, type FunnelRow } from "./write-funnel-events.server.ts";

/**
 * The writer of events: a queue of its own and one statement at a time, so that it never has more than one of the
 * connections that orders need.
 */
export interface FunnelWriter {
  /**
   * Resolves after the commit.
   * @throws Refused, Overloaded, or the database's error: nothing is known of these rows then
   */
  write(rows: readonly FunnelRow[]): Promise<void>;
  /** Rows that wait for their turn or are being written. */
  readonly backlog: number;
  idle(): Promise<void>;
}

/** Rows of one statement. A row is about a kilobyte. */
const LARGEST_GROUP = { server: 500, embedded: 50 };
/** Nobody waits for the answer: a visitor's browser keeps the request for longer than this. Milliseconds. */
const LONGEST_WAIT_MS = 10_000;
const MOST_REQUESTS_WAITING = 5_000;
/** Between two groups, so that what comes together is written together. Milliseconds. */
const GATHER_MS = 100;
const LONGEST_REST_MS = 500;

export function createFunnelWriter(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}): FunnelWriter {
  const { database, clock, log } = deps;
  let backlog = 0;

  const writeGroup = async (requests: readonly (readonly FunnelRow[])[]) => {
    const rows = requests.flat();
    try {
      await writeFunnelEvents(database, rows, clock());
    } catch (error) {
      if (!lacksPartition(error)) throw error;
      await keepPartitions(database, clock());
      await writeFunnelEvents(database, rows, clock());
    }
    return requests.map(() => undefined);
  };
  const writer = createGroupWriter<readonly FunnelRow[], undefined>({
    writeGroup,
    isRefusal: isRefusedByValue,
    largestGroup: LARGEST_GROUP[database.kind],
    weightOf: (rows) => rows.length,
    mostWaiting: MOST_REQUESTS_WAITING,
    turnsAwayEarly: true,
    longestWaitMs: LONGEST_WAIT_MS,
    // As long a rest as the group took: events never have more than half of what an overloaded database can do.
    rest: (tookMs) => sleep(Math.min(Math.max(tookMs, GATHER_MS), LONGEST_REST_MS)),
  });

  /** A request whose rows the database refuses is written row by row: the bad one costs itself alone. */
  const write = async (rows: readonly FunnelRow[]): Promise<void> => {
    try {
      await writer.write(rows);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (rows.length > 1) {
        await Promise.all(rows.map((row) => write([row])));
        return;
      }
      log.error({ sqlState: sqlStateOf(error.cause) }, "an event of the funnel cannot be stored; left out");
    }
  };

  return {
    get backlog() {
      return backlog;
    },
    write: async (rows) => {
      if (rows.length === 0) return;
      backlog += rows.length;
      try {
        await write(rows);
      } finally {
        backlog -= rows.length;
      }
    },
    idle: () => writer.idle(),
  };
}

/** "no partition of relation … found for row" */
function lacksPartition(error: unknown): boolean {
  return sqlStateOf(error) === "23514";
}

import { randomUUID } from "node:crypto";

import pLimit from "p-limit";

import { createWakeSignal } from "../delivery/wake-signal.ts";
import type { GraphClient } from "../meta/graph-client.server.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import type { SecretBox } from "../platform/process/secret-box.server.ts";
import { claimLanes, type FunnelLane, type Statements } from "./claim-lanes.server.ts";
import { sizeOfBatch } from "./decide-lane.ts";
import { serveFunnelLane } from "./serve-funnel-lane.server.ts";

/**
 * Sends the funnel's events: a loop beside the delivery worker that shares nothing with it but the database and the
 * connections to Meta. Any number of processes may run one; a lane has one of them at a time.
 */
export interface FunnelWorker {
  start(): void;
  /** Claims nothing more and waits for answers under way (bounded); what was not sent waits in the database. */
  stop(): Promise<void>;
  /** One claim and what it set off. @returns events that were taken up */
  runOnce(): Promise<number>;
}

export interface FunnelWorkerDeps {
  readonly database: Database;
  readonly graph: Pick<GraphClient, "sendTexts">;
  readonly secretBox: Pick<SecretBox, "open">;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Whether Meta does not answer, as the delivery worker sees it: then orders alone try. */
  readonly isMetaAway: () => boolean;
  readonly random?: () => number;
}

/** Lanes served at once: requests in flight, beside those of orders. */
const LANES_AT_ONCE = 64;
/** Lanes of one claim, so that what is read into memory at once is bounded. */
const LANES_PER_CLAIM = 8;
/** Events per request at most: Meta takes 1,000. The embedded database works in the thread that answers pages. */
const BATCH_SIZE = { server: 1_000, embedded: 100 };
const POLL_MS = 500;
const AWAY_MS = 2_000;
const STOP_GRACE_MS = 8_000;

export function createFunnelWorker(deps: FunnelWorkerDeps): FunnelWorker {
  const { database, clock, log } = deps;
  const signal = createWakeSignal();
  const hangUp = new AbortController();
  const working = new Set<Promise<unknown>>();
  const statements = oneAtATime(database);
  const laneDeps = {
    ...deps,
    statements,
    random: deps.random ?? Math.random,
    signal: hangUp.signal,
  };
  /** Full requests in a row of the lanes that had more than one held. */
  const fullInARow = new Map<bigint, number>();
  let stopping = false;
  let loop: Promise<void> | undefined;

  const serve = async (lane: FunnelLane): Promise<number> => {
    const full = fullInARow.get(lane.datasetId) ?? 0;
    const batchSize = sizeOfBatch(full, BATCH_SIZE[database.kind]);
    const events = await serveFunnelLane({ ...laneDeps, batchSize }, lane);
    if (events < batchSize) {
      fullInARow.delete(lane.datasetId);
    } else {
      fullInARow.set(lane.datasetId, full + 1);
      signal.wake();
    }
    return events;
  };

  const turn = async (): Promise<readonly Promise<number>[]> => {
    const limit = Math.min(LANES_AT_ONCE - working.size, LANES_PER_CLAIM);
    if (limit <= 0) return [];
    const lanes = await claimLanes(statements, { token: randomUUID(), now: clock(), limit });
    return lanes.map((lane) => {
      const served = serve(lane).catch((error: unknown) => {
        log.error(
          { err: error, dataset: lane.metaDatasetId },
          "a lane of the funnel could not be served; its lease will run out",
        );
        return 0;
      });
      working.add(served);
      void served.finally(() => working.delete(served));
      return served;
    });
  };

  const run = async (): Promise<void> => {
    while (!stopping) {
      try {
        if (deps.isMetaAway()) {
          await signal.pause(AWAY_MS);
          continue;
        }
        signal.clear();
        const lanes = await turn();
        // A full claim has more behind it; the first of its lanes to end makes room. So has a full request.
        if (lanes.length < LANES_PER_CLAIM) await signal.wait(POLL_MS);
        else await Promise.race(working);
      } catch (error) {
        if (stopping) break;
        log.error({ err: error }, "funnel worker failed; retrying in 2 s");
        await signal.pause(2_000);
      }
    }
  };

  return {
    start: () => {
      loop ??= run();
    },
    stop: async () => {
      stopping = true;
      signal.stop();
      await loop;
      const patience = setTimeout(() => hangUp.abort(), STOP_GRACE_MS);
      await Promise.all(working);
      clearTimeout(patience);
    },
    runOnce: async () => {
      const events = await Promise.all(await turn());
      return events.reduce((sum, each) => sum + each, 0);
    },
  };
}

/** Statements that wait for one another: orders have the other connections. */
function oneAtATime({ direct, kind }: Database): Statements {
  const gate = pLimit(1);
  return {
    kind,
    direct: {
      $queryRaw: (strings, ...values) => gate(() => direct.$queryRaw(strings, ...values)),
      $executeRaw: (strings, ...values) => gate(() => direct.$executeRaw(strings, ...values)),
    },
  };
}

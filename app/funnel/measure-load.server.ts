import { monitorEventLoopDelay } from "node:perf_hooks";

import type { Database } from "../platform/database/database.server.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import { FUNNEL_ROOM, LASTING_SECONDS, lastingDelay, type FunnelLoad } from "./decide-shed.ts";

/** How full this process and the database are, measured beside the requests: asking costs nothing. */
export interface LoadGauge {
  now(): Pick<FunnelLoad, "loopDelayMs" | "waiting">;
  start(): void;
  stop(): Promise<void>;
}

const LOOP_MS = 1_000;
const WAITING_MS = 10_000;

export function createLoadGauge(deps: {
  readonly database: Database;
  readonly log: Log;
  readonly metrics: Metrics;
}): LoadGauge {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  /** The longest delay of each second so far, the newest last; no more of them than are looked at. */
  let longest: readonly number[] = [];
  let loopDelayMs = 0;
  let waiting = 0;
  let timers: NodeJS.Timeout[] = [];
  let counting: Promise<void> | undefined;

  const readDelay = (): void => {
    longest = [...longest, delay.max / 1e6].slice(-LASTING_SECONDS);
    loopDelayMs = lastingDelay(loopDelayMs, longest);
    delay.reset();
  };
  const count = async (): Promise<void> => {
    waiting = await countWaiting(deps.database);
    deps.metrics.funnelWaiting.set(waiting);
  };
  const beginCount = (): void => {
    counting ??= count()
      .catch((error: unknown) =>
        deps.log.warn({ err: error }, "waiting events of the funnel could not be counted"),
      )
      .finally(() => {
        counting = undefined;
      });
  };

  return {
    now: () => ({ loopDelayMs, waiting }),
    start: () => {
      if (timers.length > 0) return;
      delay.enable();
      beginCount();
      timers = [setInterval(readDelay, LOOP_MS).unref(), setInterval(beginCount, WAITING_MS).unref()];
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      delay.disable();
      await counting;
    },
  };
}

/** Not beyond what makes a difference. */
async function countWaiting({ direct }: Database): Promise<number> {
  const [row] = await direct.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM (
      SELECT 1 FROM funnel_event WHERE state = 'waiting' LIMIT ${FUNNEL_ROOM.waiting}::int) w`;
  return row?.waiting ?? 0;
}

import { settlePairing } from "../pairing/settle-pairing.server.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.server.ts";
import type { Log } from "../platform/log.server.ts";
import type { Metrics } from "../platform/metrics.server.ts";
import { settleDeliveries } from "./settle-deliveries.server.ts";
import type { AttemptRecord, Settled, SettledDelivery } from "./settle-deliveries.server.ts";

/**
 * Settlements that arrive while one is being written are written together with the next: a thousand small stores with
 * one event each cost a few statements, not a thousand.
 */
export interface SettleQueue {
  /** Resolves when it is written, or when it was given up (the lease then runs out and the event goes again). */
  settle(deliveries: readonly SettledDelivery[], unlinked?: readonly AttemptRecord[]): Promise<void>;
  idle(): Promise<void>;
}

interface Waiting {
  readonly deliveries: readonly SettledDelivery[];
  readonly unlinked: readonly AttemptRecord[];
  readonly done: () => void;
}

/** Deliveries per statement: a payload is about 2 kB. */
const LARGEST_GROUP = 2_000;
const PATIENCE: readonly number[] = [100, 500, 1_000, 2_000, 5_000, 5_000, 5_000];

export function createSettleQueue(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly wait: (ms: number) => Promise<void>;
}): SettleQueue {
  const queue: Waiting[] = [];
  let writing: Promise<void> | undefined;

  const write = async (group: readonly Waiting[]): Promise<void> => {
    const deliveries = group.flatMap((waiting) => waiting.deliveries);
    const unlinked = group.flatMap((waiting) => waiting.unlinked);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const settled = await settleDeliveries(deps.database, deliveries, unlinked, deps.clock());
        for (const { state } of settled) deps.metrics.deliveries.inc({ state });
        const lost = deliveries.length - settled.length;
        if (lost > 0) deps.log.warn({ lost }, "leases ran out before their deliveries were settled");
        await pair(settled);
        return;
      } catch (error) {
        const pause = PATIENCE[attempt];
        if (pause === undefined) {
          deps.log.error(
            { err: error, deliveries: deliveries.length },
            "settling given up; the leases will run out",
          );
          return;
        }
        deps.log.warn({ err: error }, "settling failed; trying again");
        await deps.wait(pause);
      }
    }
  };

  /** The server's side of each pair. What fails here is made up for by the job that closes pairings. */
  const pair = async (settled: readonly Settled[]): Promise<void> => {
    const ended = settled.filter(({ state }) => state !== "retrying" && state !== "held");
    const conversionIds = [...new Set(ended.map(({ conversionId }) => conversionId))];
    await settlePairing(deps.database, conversionIds, deps.clock()).catch((error: unknown) =>
      deps.log.warn({ err: error }, "pairings could not be brought up to date"),
    );
  };

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      const group: Waiting[] = [];
      let size = 0;
      for (
        let next = queue[0];
        next && (size === 0 || size + next.deliveries.length <= LARGEST_GROUP);
        next = queue[0]
      ) {
        group.push(next);
        size += next.deliveries.length;
        queue.shift();
      }
      await write(group);
      for (const waiting of group) waiting.done();
    }
  };

  return {
    settle: (deliveries, unlinked = []) =>
      deliveries.length + unlinked.length === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            queue.push({ deliveries, unlinked, done: resolve });
            writing ??= drain().finally(() => {
              writing = undefined;
            });
          }),
    idle: async () => {
      while (writing) await writing;
    },
  };
}

import { randomUUID } from "node:crypto";

import type { GraphClient } from "../meta/graph-client.server.ts";
import { DELIVERIES_DUE_CHANNEL } from "../platform/database/wake-channels.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import type { SecretBox } from "../platform/process/secret-box.server.ts";
import { claimDueDeliveries, type ClaimOptions, type ClaimedLane } from "./claim-due-deliveries.server.ts";
import { RESTS_FROM } from "./dataset-rest.ts";
import { reapLeases } from "./hold-lease.server.ts";
import {
  HEALTHY,
  avoided,
  beginTrial,
  isAway,
  observe,
  trialCandidates,
  type Observation,
} from "./meta-health.ts";
import { nextWake } from "./next-wake.server.ts";
import { probeHeldDatasets, tryMeta } from "./probe.server.ts";
import { serveLane, type LanePurpose } from "./serve-lane.server.ts";
import { createSettleQueue } from "./settle-queue.server.ts";
import { vacuumOutbox } from "./vacuum-outbox.server.ts";
import { createWakeSignal } from "./wake-signal.ts";
import { createWorkInHand, type Work } from "./work-in-hand.ts";
import { DEFAULT_WORKER_OPTIONS, EMBEDDED_WORKER_OPTIONS, type WorkerOptions } from "./worker-options.ts";

/**
 * The worker: claims what is due, a bounded amount at once, and serves each dataset's share. Any number of them, in any
 * number of processes, work on one database; they meet only in it.
 */
export interface DeliveryWorker {
  start(): void;
  /** Claims nothing more, waits for answers under way (bounded), gives back what was not sent. */
  stop(): Promise<void>;
  /** One turn of the wheel, and what it set off: for tests, and for draining. */
  runOnce(): Promise<TurnSummary>;
  /** Looks for work now. */
  wake(): void;
  /** Whether Meta as a whole does not answer, as this process sees it. */
  readonly isMetaAway: () => boolean;
}

export interface TurnSummary {
  readonly freed: number;
  readonly probed: number;
  readonly lanes: number;
  readonly claimed: number;
}

export interface DeliveryWorkerDeps {
  readonly database: Database;
  readonly graph: Pick<GraphClient, "sendEvents" | "debugToken">;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** [0, 1); default Math.random. */
  readonly random?: () => number;
  readonly options?: Partial<WorkerOptions>;
}

export function createDeliveryWorker(deps: DeliveryWorkerDeps): DeliveryWorker {
  const { database, clock, log } = deps;
  const options: WorkerOptions = {
    ...DEFAULT_WORKER_OPTIONS,
    ...(deps.database.kind === "embedded" && EMBEDDED_WORKER_OPTIONS),
    ...deps.options,
  };
  const random = deps.random ?? Math.random;
  const signal = createWakeSignal();
  const hangUp = new AbortController();
  const inHand = createWorkInHand(options);
  let health = HEALTHY;
  const queue = createSettleQueue({
    database,
    clock,
    log,
    metrics: deps.metrics,
    wait: (ms) => signal.pause(ms),
  });
  let stopping = false;
  let cursor = 0n;
  let lastReap = -Infinity;
  let lastExpire = -Infinity;
  let lastProbe = -Infinity;
  let settledSinceVacuum = 0;
  let loop: Promise<void> | undefined;
  let probing: Promise<unknown> | undefined;
  let unlisten: Promise<(() => Promise<void>) | undefined> | undefined;

  const laneDeps = {
    ...deps,
    random,
    queue,
    options,
    observe: (seen: Observation) => {
      const wasAway = isAway(health);
      health = observe(health, seen, clock(), random());
      if (isAway(health) === wasAway) return;
      log.warn(
        { datasets: health.failing.size },
        wasAway ? "Meta answers again" : "Meta does not answer; only trial events are sent",
      );
      if (wasAway) signal.wake();
    },
    isStopping: () => stopping,
    signal: hangUp.signal,
  };

  const serve = (lane: ClaimedLane, purpose: LanePurpose = "due"): Promise<void> => {
    const work: Work = {
      datasetId: lane.datasetId,
      leaseToken: lane.leaseToken,
      events: lane.deliveries.length,
      done: serveLane(laneDeps, lane, purpose).finally(() => {
        // Something may have waited for this very place, or for what a trial has shown; else the claim that took it
        // left nothing behind, and what comes wakes the worker itself.
        const isAwaited =
          purpose !== "due" || inHand.room().lanes === 0 || inHand.busy().includes(work.datasetId);
        inHand.remove(work);
        settledSinceVacuum += work.events;
        if (isAwaited) signal.wake();
      }),
    };
    inHand.add(work);
    return work.done;
  };

  /** Served to the full, or left alone because Meta is away. */
  const leftOut = (): readonly bigint[] => [...inHand.busy(), ...avoided(health)];

  const claim = (given: Pick<ClaimOptions, "mode" | "lanes" | "limit"> & Partial<ClaimOptions>) =>
    claimDueDeliveries(database, {
      claimId: randomUUID(),
      now: clock(),
      leaseMs: options.leaseMs,
      cursor: 0n,
      busy: leftOut(),
      perLane: Math.min(isAway(health) ? 1 : options.batchSize, given.limit),
      ...given,
    });

  const purposeOf = (lane: ClaimedLane): LanePurpose =>
    isAway(health) || lane.failures >= RESTS_FROM ? "trial" : "due";

  /** One claim and its lanes set to work; `isEnd` when nothing claimable is left behind it. */
  const turn = async () => {
    const room = inHand.room();
    const lanes = isAway(health) ? Math.min(room.lanes, options.lanesWhileAway) : room.lanes;
    const limit = Math.min(options.claimLimit, room.deliveries);
    if (lanes === 0) return { lanes: [], claimed: 0, isEnd: true, done: Promise.resolve() };
    const from = cursor;
    const claimed = await claim({ mode: { kind: "due" }, lanes, limit, cursor: from });
    const total = claimed.reduce((sum, lane) => sum + lane.deliveries.length, 0);
    const reachedEnd = claimed.length < lanes && total < limit;
    cursor = reachedEnd ? 0n : (claimed.at(-1)?.datasetId ?? 0n);
    const full = Math.min(isAway(health) ? 1 : options.batchSize, limit);
    const mayHaveMore = claimed.some((lane) => lane.deliveries.length >= full);
    return {
      lanes: claimed,
      claimed: total,
      isEnd: reachedEnd && from === 0n && !mayHaveMore,
      done: Promise.all(claimed.map((lane) => serve(lane, purposeOf(lane)))),
    };
  };

  const reap = async (): Promise<number> => {
    // The embedded database has one process: what another one had leased, nobody has any more.
    const orphans = database.kind === "embedded" && lastReap === -Infinity;
    lastReap = performance.now();
    const { leaseMs } = options;
    const { freed, dead } = await reapLeases(database, {
      now: clock(),
      leaseMs,
      mine: inHand.leaseTokens(),
      orphans,
      limit: 5_000,
    });
    if (freed + dead > 0) log.warn({ freed, dead }, "freed the deliveries of a worker that ended");
    return freed;
  };

  /** What became too old while its dataset stood still is settled, so that it does not show as held for ever. */
  const expire = async (): Promise<void> => {
    lastExpire = performance.now();
    const lanes = await claim({ mode: { kind: "expired" }, lanes: 16, limit: options.claimLimit, busy: [] });
    await Promise.all(lanes.map((lane) => serve(lane)));
  };

  const probe = async (): Promise<number> => {
    const probeDeps = { ...deps, random, claim, serve };
    const candidates = trialCandidates(health, clock());
    await tryMeta(probeDeps, candidates, (datasetId) => {
      health = beginTrial(health, datasetId, clock());
    });
    return isAway(health) ? 0 : probeHeldDatasets(probeDeps);
  };

  /** Beside the loop: a probe that waits for Meta must not make the others wait. */
  const beginProbe = (): void => {
    if (probing || performance.now() - lastProbe < options.probeEveryMs) return;
    lastProbe = performance.now();
    probing = probe()
      .catch((error: unknown) => log.warn({ err: error }, "probe of Meta failed; trying again"))
      .finally(() => {
        probing = undefined;
      });
  };

  const doUpkeep = async (): Promise<void> => {
    const now = performance.now();
    if (now - lastReap >= options.reapEveryMs) await reap();
    if (now - lastExpire >= options.expireEveryMs) await expire();
  };

  const run = async (): Promise<void> => {
    while (!stopping) {
      const began = performance.now();
      try {
        await doUpkeep();
        const { isEnd } = await turn();
        if (!isEnd) continue;
        beginProbe();
        if (inHand.isEmpty() && (await vacuumOutbox(database, settledSinceVacuum))) settledSinceVacuum = 0;
        const turned = performance.now();
        // As long a rest as the turn was: a worker never takes more than half of an overloaded database.
        const rest = Math.min(Math.max(options.gatherMs, turned - began), options.longestRestMs);
        if (!signal.isSet()) {
          const at = await nextWake(database, leftOut(), clock());
          const wait = at === null ? options.idlePollMs : Math.max(at - clock(), 250);
          await signal.wait(Math.min(wait, options.idlePollMs));
        }
        signal.clear();
        await signal.pause(turned + rest - performance.now());
      } catch (error) {
        if (stopping) break;
        log.error({ err: error }, "delivery worker failed; retrying in 1 s");
        await signal.pause(1_000);
      }
    }
  };

  return {
    start: () => {
      if (loop) return;
      unlisten = database
        .listen(DELIVERIES_DUE_CHANNEL, () => signal.wake())
        .catch((error: unknown) => {
          log.warn({ err: error }, "LISTEN for due deliveries failed; polling every few seconds instead");
          return undefined;
        });
      loop = run();
    },
    stop: async () => {
      stopping = true;
      signal.stop();
      await loop;
      const patience = setTimeout(() => hangUp.abort(), options.stopGraceMs);
      await inHand.done();
      await probing;
      clearTimeout(patience);
      await queue.idle();
      await (
        await unlisten
      )?.();
    },
    runOnce: async () => {
      const freed = await reap();
      await expire();
      const probed = await probe();
      const { lanes, claimed, done } = await turn();
      await done;
      return { freed, probed, lanes: lanes.length, claimed };
    },
    wake: () => signal.wake(),
    isMetaAway: () => isAway(health),
  };
}

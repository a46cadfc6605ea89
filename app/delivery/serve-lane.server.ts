import { tokenPurpose } from "../stores/datasets/open-dataset-token.server.ts";
import { releaseDataset } from "../stores/datasets/release-dataset.server.ts";
import { stopsDataset } from "../meta/errors.ts";
import type { EventsAnswer, Rejection } from "../meta/classify-answer.ts";
import type { GraphClient } from "../meta/graph-client.server.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { SecretBox } from "../platform/process/secret-box.server.ts";
import { buildBatches, type ReadyEvent, type Unsent } from "./build-batch.ts";
import type { ClaimedLane } from "./claim-due-deliveries.server.ts";
import { RESTS_FROM } from "./dataset-rest.ts";
import {
  endFailures,
  endThrottle,
  holdDataset,
  noteFailure,
  throttleDataset,
} from "./hold-dataset.server.ts";
import type { Observation } from "./meta-health.ts";
import { releaseLease, renewLease } from "./hold-lease.server.ts";
import { sendBatch, type BatchPart } from "./send-batch.server.ts";
import type { SettledDelivery } from "./settle-deliveries.server.ts";
import type { SettleQueue } from "./settle-queue.server.ts";
import type { WorkerOptions } from "./worker-options.ts";

export interface LaneDeps {
  readonly database: Database;
  readonly graph: Pick<GraphClient, "sendEvents">;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Told of every answer, for Meta as a whole. */
  readonly observe: (seen: Observation) => void;
  readonly queue: SettleQueue;
  readonly options: WorkerOptions;
  /** True once the worker is to stop: what is not on its way is given back. */
  readonly isStopping: () => boolean;
  /** Hangs up on requests under way. */
  readonly signal: AbortSignal;
}

/**
 * Why a lane is served: because it is due, to try whether Meta answers again, or to see whether a held dataset works.
 * In a trial a failure was to be expected and costs the event no attempt.
 */
export type LanePurpose = "due" | "trial" | "probe";

/** Builds, sends and settles what was claimed of one dataset. Never throws: what goes wrong is logged and its lease runs out. */
export async function serveLane(
  deps: LaneDeps,
  lane: ClaimedLane,
  purpose: LanePurpose = "due",
): Promise<void> {
  try {
    const built = buildBatches(lane, deps.clock(), deps.options.batchSize);
    await deps.queue.settle(built.unsent.map(settleUnsent));
    if (built.batches.length === 0) return;
    const token = openToken(deps.secretBox, lane);
    if (!token.ok) {
      await refuse(deps, lane, built.batches.flat(), token.problem);
      return;
    }
    await sendAll(deps, lane, token.plain, built.batches, purpose);
  } catch (error) {
    deps.log.error(
      {
        err: error,
        dataset: lane.metaDatasetId,
        deliveries: lane.deliveries.slice(0, NAMED_DELIVERIES).map(({ id }) => String(id)),
        claimed: lane.deliveries.length,
      },
      "a lane could not be served; its leases will run out",
    );
  }
}

async function sendAll(
  deps: LaneDeps,
  lane: ClaimedLane,
  token: string,
  batches: readonly (readonly ReadyEvent[])[],
  purpose: LanePurpose,
): Promise<void> {
  const keep = async (events: readonly ReadyEvent[]): Promise<readonly ReadyEvent[]> => {
    const ids = events.map(({ delivery }) => delivery.id);
    const ours = await renewLease(deps.database, ids, lane.leaseToken, deps.options.leaseMs);
    return events.filter(({ delivery }) => ours.has(delivery.id));
  };
  let standstill = false;
  const settle = async (part: BatchPart): Promise<void> => {
    const { answer } = part;
    if (answer)
      standstill = (await applyToDataset(deps, lane, part, answer, purpose === "trial")) || standstill;
    await deps.queue.settle(part.settled, part.unlinked);
    if (purpose === "probe" && answer && provesAccess(answer))
      await releaseDataset(deps.database, lane.datasetId);
  };
  for (const [position, batch] of batches.entries()) {
    if (standstill || deps.isStopping()) {
      await releaseLease(
        deps.database,
        batch.map(({ delivery }) => delivery.id),
        lane.leaseToken,
      );
      continue;
    }
    const ready = position === 0 ? batch : await keep(batch);
    const { graph, clock, random, signal } = deps;
    const isTrial = purpose === "trial";
    const sendDeps = { graph, clock, random, signal, keep, settle, isTrial };
    if (ready.length > 0) await sendBatch(sendDeps, lane, token, ready);
  }
}

/**
 * What an answer means beyond its own events. Done before they are settled, so that a held, throttled or resting dataset
 * is not claimed again in between.
 * @returns true when nothing more of this dataset should go now
 */
async function applyToDataset(
  deps: LaneDeps,
  lane: ClaimedLane,
  part: BatchPart,
  answer: EventsAnswer,
  isTrial: boolean,
): Promise<boolean> {
  const { database, random, log } = deps;
  const isAnswer = answer.kind !== "rejected" || (answer.class !== "transient" && answer.class !== "unknown");
  // A request that we broke off ourselves says nothing about Meta.
  const counts = isAnswer || !deps.signal.aborted;
  if (counts) deps.observe({ datasetId: lane.datasetId, succeeded: isAnswer, isTrial });
  if (isAnswer && lane.failures > 0) await endFailures(database, lane.datasetId);
  if (answer.kind !== "rejected") {
    if (lane.throttles > 0) await endThrottle(database, lane.datasetId);
    return false;
  }
  const at = { now: deps.clock(), random: random() };
  if (stopsDataset(answer.class)) {
    log.warn(describe(lane, part, answer), "Meta rejects every request of this dataset; dataset held");
    await holdDataset(database, lane.datasetId, answer, at);
    return true;
  }
  if (answer.class === "throttled") {
    log.info(describe(lane, part, answer), "Meta throttles this dataset; sending slowed down");
    const { retryAfterMs } = answer;
    await throttleDataset(
      database,
      { id: lane.datasetId, throttles: lane.throttles },
      { ...at, retryAfterMs },
    );
    return true;
  }
  if (answer.class === "unknown")
    log.warn(describe(lane, part, answer), "Meta answered in a way that is not known");
  if (!isAnswer && counts) {
    const failures = await noteFailure(database, lane.datasetId, at);
    if (failures === RESTS_FROM)
      log.warn(describe(lane, part, answer), "requests of this dataset keep failing; backing off");
  }
  return answer.class !== "payload";
}

/** Of a request that Meta refused, so many deliveries are named in the log; the pages know all of them. */
const NAMED_DELIVERIES = 10;

function describe(lane: ClaimedLane, { settled }: BatchPart, answer: Rejection): object {
  const { class: name, status, code, subcode, message, fbtraceId } = answer;
  const deliveries = settled.slice(0, NAMED_DELIVERIES).map(({ id }) => String(id));
  return { dataset: lane.metaDatasetId, deliveries, class: name, status, code, subcode, message, fbtraceId };
}

/** Meta judged the events themselves, so token, rights and dataset are in order. */
function provesAccess(answer: EventsAnswer): boolean {
  return answer.kind !== "rejected" || answer.class === "payload";
}

export function openToken(
  secretBox: Pick<SecretBox, "open">,
  lane: Pick<ClaimedLane, "sealedToken" | "storeId" | "metaDatasetId">,
): { readonly ok: true; readonly plain: string } | { readonly ok: false; readonly problem: Rejection } {
  if (lane.sealedToken === null) {
    return { ok: false, problem: ownProblem("configuration", "There is no access token for this dataset") };
  }
  const opened = secretBox.open(lane.sealedToken, tokenPurpose(lane.storeId, lane.metaDatasetId));
  if (opened.ok) return opened;
  return {
    ok: false,
    problem: ownProblem("credential", "The stored access token cannot be opened; enter it again"),
  };
}

/** Nothing was asked of Meta: the dataset cannot even be tried. */
async function refuse(
  deps: LaneDeps,
  lane: ClaimedLane,
  events: readonly ReadyEvent[],
  problem: Rejection,
): Promise<void> {
  await holdDataset(deps.database, lane.datasetId, problem, { now: deps.clock(), random: deps.random() });
  await deps.queue.settle(
    events.map(({ delivery, consent }): SettledDelivery => ({
      id: delivery.id,
      leaseToken: delivery.leaseToken,
      settlement: { state: "held", dueAt: delivery.dueAt },
      attempt: null,
      event: null,
      consent,
      withoutFbc: delivery.withoutFbc,
      message: null,
    })),
  );
}

function ownProblem(errorClass: "credential" | "configuration", message: string): Rejection {
  return {
    kind: "rejected",
    class: errorClass,
    remedy: null,
    status: null,
    code: null,
    subcode: null,
    message,
    fbtraceId: null,
    retryAfterMs: null,
    mayHaveArrived: false,
  };
}

function settleUnsent({ delivery, end }: Unsent): SettledDelivery {
  return {
    id: delivery.id,
    leaseToken: delivery.leaseToken,
    settlement: end.state === "dead" ? { state: "dead" } : { state: "skipped", reason: end.reason },
    attempt: null,
    event: null,
    consent: end.state === "skipped" ? end.consent : null,
    withoutFbc: delivery.withoutFbc,
    message: end.state === "dead" ? end.message : null,
  };
}

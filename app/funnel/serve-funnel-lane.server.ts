import type { EventsAnswer, Rejection } from "../meta/classify-answer.ts";
import { stopsDataset } from "../meta/errors.ts";
import type { EventText, GraphClient } from "../meta/graph-client.server.ts";
import { asRecord } from "../conversions/read-json.ts";
import { decideBatchStep } from "../delivery/decide-settlement.ts";
import { holdDataset } from "../delivery/hold-dataset.server.ts";
import { openToken } from "../delivery/serve-lane.server.ts";
import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import type { SecretBox } from "../platform/process/secret-box.server.ts";
import { releaseLane, renewLane, type FunnelLane, type Statements } from "./claim-lanes.server.ts";
import { decideLane, judgeWaiting, nextLook, nextTry } from "./decide-lane.ts";
import {
  noteAttempt,
  readWaiting,
  settleEvents,
  type FunnelVerdict,
  type WaitingEvent,
} from "./waiting-events.server.ts";

export interface FunnelLaneDeps {
  readonly database: Database;
  /** The worker's statements, one at a time. */
  readonly statements: Statements;
  readonly graph: Pick<GraphClient, "sendTexts">;
  readonly secretBox: Pick<SecretBox, "open">;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Events of one request at most. */
  readonly batchSize: number;
  /** Hangs up on requests under way. */
  readonly signal: AbortSignal;
}

/**
 * Serves one leased lane: reads what waits, sends it in one request, settles what Meta said, gives the lane back. Never
 * throws: what goes wrong is logged, and the lease runs out.
 *
 * What may happen twice: an event that Meta took while its answer was lost goes again, with the same event ID.
 * @returns events that were read
 */
export async function serveFunnelLane(deps: FunnelLaneDeps, lane: FunnelLane): Promise<number> {
  const { statements, clock } = deps;
  const step = decideLane(lane, clock(), deps.batchSize);
  const limit = step.kind === "send" ? step.limit : deps.batchSize;
  const waiting = await readWaiting(statements, lane.datasetId, limit);
  if (step.kind === "close") {
    await settle(deps, lane, waiting, { state: "dead", class: step.class, code: null, message: null });
    await releaseLane(statements, lane, nextLook(waiting.length, limit, lane.emptyLooks, clock()));
    return waiting.length;
  }
  const fresh = await settleTooOld(deps, lane, waiting);
  if (step.kind === "wait") {
    const { failures, emptyLooks } = lane;
    await releaseLane(statements, lane, { dueAt: step.until, failures, emptyLooks });
    return waiting.length;
  }
  const failure = fresh.length > 0 ? await sendAll(deps, lane, fresh) : undefined;
  const now = clock();
  const failures = Math.min(lane.failures, 1_000) + 1;
  await releaseLane(
    statements,
    lane,
    failure
      ? { dueAt: nextTry(failure, failures, now, deps.random()), failures, emptyLooks: 0 }
      : nextLook(waiting.length, limit, lane.emptyLooks, now),
  );
  return waiting.length;
}

/** @returns those that may still go */
async function settleTooOld(
  deps: FunnelLaneDeps,
  lane: FunnelLane,
  waiting: readonly WaitingEvent[],
): Promise<readonly WaitingEvent[]> {
  const now = deps.clock();
  const judged = waiting.map((event) => ({ event, verdict: judgeWaiting(event, now) }));
  const groups = Map.groupBy(judged, ({ verdict }) => (verdict?.state === "dead" ? verdict.class : "send"));
  for (const group of groups.values()) {
    const [first] = group;
    if (first?.verdict)
      await settle(
        deps,
        lane,
        group.map(({ event }) => event),
        first.verdict,
      );
  }
  return (groups.get("send") ?? []).map(({ event }) => event);
}

/** Requests that the search for a refused event may take; the rest waits for the lane's next turn. */
const SEARCH_BUDGET = 64;
/** A single event that Meta answers for with a failure that passes, and passes not, is given up after so many. */
const MOST_ATTEMPTS = 10;

/**
 * Sends events in one request. Meta refuses the whole of it for one bad event, without saying which: then it is halved
 * until the bad one stands alone.
 * @returns the answer that ends this turn of the lane, where one does
 */
async function sendAll(
  deps: FunnelLaneDeps,
  lane: FunnelLane,
  events: readonly WaitingEvent[],
): Promise<EventsAnswer | undefined> {
  const token = openToken(deps.secretBox, lane);
  if (!token.ok) return hold(deps, lane, token.problem);
  const parts: (readonly WaitingEvent[])[] = [events];
  for (let requests = 0; requests < SEARCH_BUDGET; requests += 1) {
    const part = parts.shift();
    if (!part || deps.signal.aborted) return undefined;
    if (requests > 0 && !(await renewLane(deps.statements, lane))) return undefined;
    const { answer } = await deps.graph.sendTexts({
      datasetId: lane.metaDatasetId,
      token: token.plain,
      texts: part.map(({ payload }) => payload),
      signal: deps.signal,
    });
    const step = decideBatchStep(answer, {
      size: part.length,
      hasClickId: part.length === 1 && part.some(({ payload }) => withoutClickId(payload) !== payload),
    });
    if (step.kind === "split") {
      const middle = Math.ceil(part.length / 2);
      parts.unshift(part.slice(0, middle), part.slice(middle));
    } else if (step.kind === "drop_click_id") {
      parts.unshift(part.map((event) => ({ ...event, payload: withoutClickId(event.payload) })));
    } else if (answer.kind === "accepted") {
      await settle(deps, lane, part, { state: "delivered" });
    } else if (answer.kind === "rejected" && isFinal(answer, part)) {
      await settle(deps, lane, part, deadBy(answer));
    } else {
      return fail(deps, lane, part, answer);
    }
  }
  return undefined;
}

/** @returns the very text where it holds no click ID */
function withoutClickId(payload: EventText): EventText {
  const event = asRecord(JSON.parse(payload));
  const { fbc, ...rest } = asRecord(event?.["user_data"]) ?? {};
  return fbc === undefined ? payload : JSON.stringify({ ...event, user_data: rest });
}

/** Only ever asked about a single event where the answer is about the events: a batch has been halved before. */
function isFinal(answer: Rejection, part: readonly WaitingEvent[]): boolean {
  if (answer.class === "payload") return answer.remedy !== "later";
  const isAnswer = answer.status !== null && (answer.class === "transient" || answer.class === "unknown");
  return isAnswer && part.length === 1 && part.every(({ attempts }) => attempts + 1 >= MOST_ATTEMPTS);
}

function deadBy({ class: name, remedy, code, message }: Rejection): FunnelVerdict {
  return { state: "dead", class: remedy === "too_old" ? "too_old" : name, code, message };
}

/** The request failed as a whole: what was in it waits. */
async function fail(
  deps: FunnelLaneDeps,
  lane: FunnelLane,
  part: readonly WaitingEvent[],
  answer: EventsAnswer,
): Promise<EventsAnswer> {
  if (answer.kind !== "rejected" || answer.mayHaveArrived)
    await noteAttempt(deps.statements, lane.datasetId, part);
  if (answer.kind === "rejected" && stopsDataset(answer.class)) return hold(deps, lane, answer);
  deps.log.info(
    {
      dataset: lane.metaDatasetId,
      events: part.length,
      class: answer.kind === "rejected" ? answer.class : "partial",
    },
    "events of the funnel were not taken; trying again later",
  );
  return answer;
}

/** Token, rights or dataset do not work: orders stand still for the same reason, and the probe of theirs ends it. */
async function hold(deps: FunnelLaneDeps, lane: FunnelLane, cause: Rejection): Promise<Rejection> {
  deps.log.warn(
    { dataset: lane.metaDatasetId, class: cause.class, code: cause.code },
    "Meta rejects every request of this dataset; dataset held",
  );
  await holdDataset(deps.database, lane.datasetId, cause, { now: deps.clock(), random: deps.random() });
  return cause;
}

async function settle(
  deps: FunnelLaneDeps,
  lane: FunnelLane,
  events: readonly WaitingEvent[],
  verdict: FunnelVerdict,
): Promise<void> {
  const settled = await settleEvents(deps.statements, lane.datasetId, events, verdict, deps.clock());
  for (const { eventName, events: count } of settled)
    deps.metrics.funnelEvents.inc({ event: eventName, result: verdict.state }, count);
}

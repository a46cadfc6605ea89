import type { GraphClient } from "../meta/graph-client.server.ts";
import type { EventsAnswer } from "../meta/classify-answer.ts";
import { stopsDataset } from "../meta/errors.ts";
import type { Clock } from "../platform/process/clock.ts";
import { withoutClickId, type ReadyEvent } from "./build-batch.ts";
import type { ClaimedLane } from "./claim-due-deliveries.server.ts";
import { decideBatchStep, decideSettlement, type Settlement } from "./decide-settlement.ts";
import type { AttemptRecord, SettledDelivery } from "./settle-deliveries.server.ts";

/** What one request (or the search it set off) settled. Written as soon as it is known. */
export interface BatchPart {
  readonly settled: readonly SettledDelivery[];
  /** Requests that decided nothing but where to look next. */
  readonly unlinked: readonly AttemptRecord[];
  /** What Meta said; null where nothing was asked. */
  readonly answer: EventsAnswer | null;
}

export interface SendBatchDeps {
  readonly graph: Pick<GraphClient, "sendEvents">;
  readonly clock: Clock;
  readonly random: () => number;
  /** Called before every request but the first: the events that are still ours to send. */
  readonly keep: (events: readonly ReadyEvent[]) => Promise<readonly ReadyEvent[]>;
  readonly settle: (part: BatchPart) => Promise<void>;
  readonly signal: AbortSignal;
  /** These events try whether Meta answers again: their failure was to be expected and costs them no attempt. */
  readonly isTrial: boolean;
}

/** Requests that a search may take before the rest is put back: ten find one rejected event among a thousand. */
const SEARCH_BUDGET = 64;
/** What a search left over comes up again after this; it lost no attempt. */
const SEARCH_PAUSE = 10_000;
const TRIAL_PAUSE = 300_000;

/**
 * Sends one batch and settles all of it. Meta refuses a whole request for one bad event without saying which: then the
 * batch is halved until the bad event stands alone. Each part is settled as soon as its own answer is there, so that
 * a process that dies in the middle repeats as little as possible.
 *
 * What may happen twice: an event that Meta took while its answer was lost goes again, with the same event ID.
 */
export async function sendBatch(
  deps: SendBatchDeps,
  lane: ClaimedLane,
  token: string,
  batch: readonly ReadyEvent[],
): Promise<void> {
  let budget = SEARCH_BUDGET;
  const parts: { events: readonly ReadyEvent[]; first: boolean }[] = [{ events: batch, first: true }];
  const unlinked: AttemptRecord[] = [];
  /** Once the dataset as a whole is refused, nothing more of it is tried. */
  let stopped: EventsAnswer | undefined;

  for (let part = parts.shift(); part; part = parts.shift()) {
    const events = part.first ? part.events : await deps.keep(part.events);
    if (events.length === 0) continue;
    if (stopped) {
      await deps.settle({
        settled: settleUntried(events, stopped, deps.clock()),
        unlinked: [],
        answer: null,
      });
      continue;
    }
    if (budget === 0) {
      await deps.settle({
        settled: events.map((each) => putBack(each, deps.clock())),
        unlinked: unlinked.splice(0),
        answer: null,
      });
      continue;
    }
    budget -= 1;
    const attempt = await request(deps, lane, token, events);
    const step = decideBatchStep(attempt.answer, {
      size: events.length,
      hasClickId: events.some((each) => each.event.user_data.fbc !== undefined),
    });
    if (step.kind === "split") {
      unlinked.push(attempt);
      const middle = Math.ceil(events.length / 2);
      parts.unshift(
        { events: events.slice(0, middle), first: false },
        { events: events.slice(middle), first: false },
      );
    } else if (step.kind === "drop_click_id") {
      unlinked.push(attempt);
      parts.unshift({ events: events.map(dropClickId), first: false });
    } else {
      await deps.settle(settleAll(deps, events, attempt, unlinked.splice(0)));
      if (endsSearch(attempt.answer)) stopped = attempt.answer;
    }
  }
  if (unlinked.length > 0) await deps.settle({ settled: [], unlinked, answer: null });
}

/** Anything but an answer about these very events will be the same for the next part. */
function endsSearch(answer: EventsAnswer): boolean {
  return answer.kind === "rejected" && answer.class !== "payload";
}

async function request(
  deps: SendBatchDeps,
  lane: ClaimedLane,
  token: string,
  events: readonly ReadyEvent[],
): Promise<AttemptRecord> {
  const startedAt = deps.clock();
  const { answer, durationMs } = await deps.graph.sendEvents({
    datasetId: lane.metaDatasetId,
    token,
    events: events.map((each) => each.event),
    signal: deps.signal,
  });
  return {
    storeId: lane.storeId,
    datasetId: lane.datasetId,
    startedAt,
    durationMs,
    events: events.length,
    answer,
  };
}

function settleAll(
  deps: SendBatchDeps,
  events: readonly ReadyEvent[],
  attempt: AttemptRecord,
  unlinked: readonly AttemptRecord[],
): BatchPart {
  const now = deps.clock();
  const settled = events.map((each): SettledDelivery => {
    const decided = decideSettlement(attempt.answer, each.delivery, { now, random: deps.random() });
    const settlement = deps.isTrial ? spare(decided, now) : decided;
    return { ...describe(each), settlement, attempt, event: each.event };
  });
  return { settled, unlinked, answer: attempt.answer };
}

/** Comes up again soon, but not as the next trial: it may itself be what Meta chokes on. */
function spare(settlement: Settlement, now: number): Settlement {
  if (settlement.state !== "retrying" || !settlement.failed) return settlement;
  return { state: "retrying", dueAt: Math.min(settlement.dueAt, now + TRIAL_PAUSE), failed: false };
}

/** Events of a batch that was given up before their own request: they come up again and have lost no attempt. */
function settleUntried(
  events: readonly ReadyEvent[],
  answer: EventsAnswer,
  now: number,
): readonly SettledDelivery[] {
  const isHeld = answer.kind === "rejected" && stopsDataset(answer.class);
  return events.map((each) => {
    const settlement: Settlement = { state: "held", dueAt: each.delivery.dueAt };
    return isHeld ? { ...describe(each), settlement, attempt: null, event: null } : putBack(each, now);
  });
}

function putBack(each: ReadyEvent, now: number): SettledDelivery {
  const settlement: Settlement = { state: "retrying", dueAt: now + SEARCH_PAUSE, failed: false };
  return { ...describe(each), settlement, attempt: null, event: null };
}

function describe({ delivery, consent }: ReadyEvent) {
  return {
    id: delivery.id,
    leaseToken: delivery.leaseToken,
    consent,
    withoutFbc: delivery.withoutFbc,
    message: null,
  };
}

function dropClickId({ delivery, ...rest }: ReadyEvent): ReadyEvent {
  return { ...rest, delivery: { ...delivery, withoutFbc: true }, event: withoutClickId(rest.event) };
}

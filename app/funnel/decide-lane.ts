import type { EventsAnswer } from "../meta/classify-answer.ts";
import { stopsDataset } from "../meta/errors.ts";
import { judgeAge } from "../delivery/judge-age.ts";
import { throttleUntil } from "../delivery/retry-schedule.ts";
import { MAX_EVENT_AGE } from "../conversions/decide-event-time.ts";
import type { FunnelLane } from "./claim-lanes.server.ts";
import type { FunnelVerdict, WaitingEvent } from "./waiting-events.server.ts";

/** What is done about a lane that is due. Pure, as all of this file; times in Unix milliseconds. */
export type LaneStep =
  | { readonly kind: "send"; readonly limit: number }
  /** Not now; what has become too old meanwhile is settled. */
  | { readonly kind: "wait"; readonly until: number }
  /** Never again: what waits is settled as dead. */
  | { readonly kind: "close"; readonly class: "uninstalled" | "disconnected" };

/** A lane that stands still is looked at so often. */
const STANDSTILL_MS = 60_000;
/** Events of one request, by failures in a row before it: a smaller one may pass, and shows which event is to blame. */
const BATCH_SIZES = [1_000, 250, 25, 1];

export function decideLane(lane: FunnelLane, now: number, largest: number): LaneStep {
  if (lane.storeState !== "installed") return { kind: "close", class: "uninstalled" };
  if (lane.datasetState === "disconnected") return { kind: "close", class: "disconnected" };
  if (lane.datasetState !== "active" || lane.isHeld) return { kind: "wait", until: now + STANDSTILL_MS };
  const rest = lane.restsUntil?.getTime() ?? 0;
  if (rest > now) return { kind: "wait", until: Math.min(rest, now + STANDSTILL_MS) };
  return { kind: "send", limit: Math.min(BATCH_SIZES[lane.failures] ?? 1, largest) };
}

/** Events of one request of a lane that keeps up: reading and settling them keeps an order waiting for some milliseconds. */
const SMALL_BATCH = 100;
/** By full requests in a row: a lane that falls behind sends more at a time. */
const GROWN_BATCHES: readonly (readonly [from: number, events: number])[] = [
  [6, 1_000],
  [3, 300],
];

/** @param fullInARow requests before this one that held as many events as they could */
export function sizeOfBatch(fullInARow: number, largest: number): number {
  const grown = GROWN_BATCHES.find(([from]) => fullInARow >= from)?.[1] ?? SMALL_BATCH;
  return Math.min(grown, largest);
}

/** Between two requests of a lane that has events. */
const PACE_MS = 1_000;
/** After so many looks in a row that found nothing. The first are soon: a group may just have been written. */
const EMPTY_LOOKS_MS = [2_000, 10_000, 60_000];

export function nextLook(found: number, limit: number, emptyLooks: number, now: number) {
  if (found > 0) return { dueAt: found >= limit ? now : now + PACE_MS, failures: 0, emptyLooks: 0 };
  const wait = EMPTY_LOOKS_MS[Math.min(emptyLooks, EMPTY_LOOKS_MS.length - 1)] ?? STANDSTILL_MS;
  return { dueAt: now + wait, failures: 0, emptyLooks: Math.min(emptyLooks, 1_000) + 1 };
}

/** Meta refuses an event that is older; kept in hand for the request under way. */
const AGE_MARGIN = 30 * 60_000;

/** Why an event is not sent any more; undefined where it may go. */
export function judgeWaiting(event: WaitingEvent, now: number): FunnelVerdict | undefined {
  const verdict = judgeAge(
    {
      expiresAt: event.eventTime + MAX_EVENT_AGE.website * 1000 - AGE_MARGIN,
      takenInAt: event.receivedAt,
      firstSentAt: event.attempts > 0 ? event.receivedAt : null,
      browserFired: event.outcome === "sent",
      askedAt: null,
    },
    now,
  );
  if (verdict.kind === "send") return undefined;
  const reason = verdict.kind === "skip" ? verdict.reason : "may_be_counted";
  return { state: "dead", class: reason, code: null, message: null };
}

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 300_000;

/**
 * When a lane is looked at again after a request that failed as a whole.
 * @param failures in a row, this one included
 */
export function nextTry(answer: EventsAnswer, failures: number, now: number, random: number): number {
  if (answer.kind === "rejected" && stopsDataset(answer.class)) return now + STANDSTILL_MS;
  const retryAfterMs = answer.kind === "rejected" ? answer.retryAfterMs : null;
  if (answer.kind === "rejected" && answer.class === "throttled")
    return throttleUntil({ throttles: failures, retryAfterMs, now, random });
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 20), LONGEST_PAUSE_MS);
  return Math.round(
    now + Math.max(pause * (1 + 0.2 * random), Math.min(retryAfterMs ?? 0, LONGEST_PAUSE_MS)),
  );
}

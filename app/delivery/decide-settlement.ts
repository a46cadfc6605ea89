import type { EventsAnswer, Rejection } from "../meta/classify-answer.ts";
import { stopsDataset } from "../meta/errors.ts";
import type { DeliverySkipReason } from "./delivery-state.ts";
import { judgeAge, windowEnd, type AgeFacts } from "./judge-age.ts";
import { nextRetry } from "./retry-schedule.ts";

/** What the decision needs to know of one delivery. Times in unix milliseconds. */
export interface DeliveryFacts extends AgeFacts {
  /** Failures before this answer that count against the schedule. */
  readonly failures: number;
  /** When it was due this time; a held or throttled delivery keeps its place in the order. */
  readonly dueAt: number;
}

export type Settlement =
  | { readonly state: "delivered" }
  | { readonly state: "retrying"; readonly dueAt: number; readonly failed: boolean }
  | { readonly state: "held"; readonly dueAt: number }
  | { readonly state: "dead" }
  | { readonly state: "skipped"; readonly reason: DeliverySkipReason };

/** What to do about a request with several events, before any of them is settled. */
export type BatchStep =
  | { readonly kind: "settle" }
  /** One event spoils the others: find it. */
  | { readonly kind: "split" }
  /** The one event goes again at once, without its click ID. */
  | { readonly kind: "drop_click_id" };

export function decideBatchStep(
  answer: EventsAnswer,
  batch: { readonly size: number; readonly hasClickId: boolean },
): BatchStep {
  if (answer.kind === "accepted") return { kind: "settle" };
  if (answer.kind === "partial") return { kind: batch.size > 1 ? "split" : "settle" };
  if (answer.class !== "payload") return { kind: "settle" };
  if (batch.size > 1) return { kind: "split" };
  return answer.remedy === "without_click_id" && batch.hasClickId
    ? { kind: "drop_click_id" }
    : { kind: "settle" };
}

/**
 * What Meta's answer means for one delivery of the request. Pure.
 * @param random [0, 1), for the jitter
 */
export function decideSettlement(
  answer: EventsAnswer,
  facts: DeliveryFacts,
  { now, random }: { readonly now: number; readonly random: number },
): Settlement {
  if (answer.kind === "accepted") return { state: "delivered" };
  if (answer.kind === "partial") return retry(facts, null, true, now, random);
  if (stopsDataset(answer.class)) return { state: "held", dueAt: facts.dueAt };
  switch (answer.class) {
    case "throttled":
      return { state: "retrying", dueAt: facts.dueAt, failed: false };
    case "payload":
      return decidePayload(answer, facts, now, random);
    case "transient":
    case "unknown":
      return retry(facts, answer.retryAfterMs, answer.mayHaveArrived, now, random);
  }
}

function decidePayload(answer: Rejection, facts: DeliveryFacts, now: number, random: number): Settlement {
  if (answer.remedy === "too_old") return { state: "skipped", reason: "too_old" };
  if (answer.remedy === "later") return retry(facts, answer.retryAfterMs, false, now, random);
  return { state: "dead" };
}

function retry(
  facts: DeliveryFacts,
  retryAfterMs: number | null,
  mayHaveArrived: boolean,
  now: number,
  random: number,
): Settlement {
  const next = nextRetry({ failures: facts.failures + 1, retryAfterMs, now, random });
  if (next.kind === "exhausted") return { state: "dead" };
  const after = { ...facts, firstSentAt: facts.firstSentAt ?? (mayHaveArrived ? now : null) };
  const dueAt = before(next.at, now, [
    after.expiresAt,
    ...(after.askedAt === null ? [windowEnd(after)] : []),
  ]);
  const verdict = judgeAge(after, dueAt);
  if (verdict.kind === "skip") return { state: "skipped", reason: verdict.reason };
  return verdict.kind === "ask" ? { state: "dead" } : { state: "retrying", dueAt, failed: true };
}

/** A last try just before a deadline is worth more than one after it. */
const LAST_CHANCE = 5 * 60_000;

function before(at: number, now: number, deadlines: readonly number[]): number {
  return deadlines.reduce((earliest, deadline) => {
    const chance = deadline - LAST_CHANCE;
    return earliest >= deadline && chance > now + 30_000 ? Math.min(earliest, chance) : earliest;
  }, at);
}

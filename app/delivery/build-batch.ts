import { buildServerEvent } from "../meta/build-server-event.ts";
import type { ConsentDecision, Conversion } from "../conversions/model.ts";
import type { CapiEvent, ServerEventOutcome } from "../meta/wire-event.ts";
import type { ClaimedDelivery, ClaimedLane } from "./claim-due-deliveries.server.ts";
import type { DeliverySkipReason } from "./delivery-state.ts";
import { isInDanger, judgeAge } from "./judge-age.ts";

/** An event ready to go, with the delivery it settles. */
export interface ReadyEvent {
  readonly delivery: ClaimedDelivery;
  readonly event: CapiEvent;
  readonly consent: ConsentDecision;
}

/** A delivery that ends without a request. */
export interface Unsent {
  readonly delivery: ClaimedDelivery;
  readonly end:
    | {
        readonly state: "skipped";
        readonly reason: DeliverySkipReason;
        readonly consent: ConsentDecision | null;
      }
    | { readonly state: "dead"; readonly message: string };
}

export interface BuiltLane {
  /** Each becomes one request; those in danger of expiry apart, and first. */
  readonly batches: readonly (readonly ReadyEvent[])[];
  readonly unsent: readonly Unsent[];
}

/**
 * Turns what was claimed of one dataset into requests: judges age, builds events, keeps what is close to its expiry
 * apart (one event that is too old fails the whole request, however fresh the rest). Pure.
 *
 * @param now unix milliseconds
 * @param batchSize events per request, at most Meta's 1,000
 */
export function buildBatches(lane: ClaimedLane, now: number, batchSize: number): BuiltLane {
  const urgent: ReadyEvent[] = [];
  const ordinary: ReadyEvent[] = [];
  const unsent: Unsent[] = [];
  for (const delivery of lane.deliveries) {
    const built = buildOne(lane, delivery, now);
    if ("end" in built) unsent.push(built);
    else if (isInDanger(delivery.expiresAt, now)) urgent.push(built);
    else ordinary.push(built);
  }
  return { batches: [...chunks(urgent, batchSize), ...chunks(ordinary, batchSize)], unsent };
}

function buildOne(lane: ClaimedLane, delivery: ClaimedDelivery, now: number): ReadyEvent | Unsent {
  const skip = (reason: DeliverySkipReason, consent: ConsentDecision | null = null): Unsent => ({
    delivery,
    end: { state: "skipped", reason, consent },
  });
  if (lane.closed) return skip(lane.closed);
  const { conversion } = delivery;
  if (conversion === "redacted") return skip("redacted");
  const age = judgeAge(delivery, now);
  if (age.kind === "skip") return skip(age.reason);
  if (age.kind === "ask") {
    const message =
      "Not sent again: it may have been counted more than 48 hours ago. You can still send it by hand.";
    return { delivery, end: { state: "dead", message } };
  }
  const outcome = conversion === "unreadable" ? conversion : build(conversion, delivery, now);
  if (typeof outcome === "string") {
    return { delivery, end: { state: "dead", message: `The event could not be built (${outcome})` } };
  }
  if (outcome.kind === "skipped") return skip(outcome.reason, outcome.consent ?? null);
  const event = delivery.withoutFbc ? withoutClickId(outcome.event) : outcome.event;
  return { delivery, event, consent: outcome.consent };
}

/** An event on which our own mapping fails must not stop the others of its lane. */
function build(
  conversion: Conversion,
  { report, eventTime, customerKind }: ClaimedDelivery,
  now: number,
): ServerEventOutcome | string {
  try {
    return buildServerEvent(conversion, report, { now, eventTime, customerKind });
  } catch (error) {
    return error instanceof Error ? error.name : "unknown";
  }
}

export function withoutClickId(event: CapiEvent): CapiEvent {
  const { fbc: _fbc, ...userData } = event.user_data;
  return { ...event, user_data: userData };
}

function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

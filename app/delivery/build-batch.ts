import { buildServerEvent } from "../meta/build-server-event.ts";
import type { BrowserReport, ConsentDecision } from "../conversions/model.ts";
import type { CapiEvent, ServerEventOutcome } from "../meta/wire-event.ts";
import type { ClaimedDelivery, ClaimedLane } from "./claim-due-deliveries.server.ts";
import type { DeliverySkipReason } from "./delivery-state.ts";
import { isInDanger, judgeAge, type AgeFacts } from "./judge-age.ts";

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
    else if (isInDanger(delivery.expiresAt.getTime(), now)) urgent.push(built);
    else ordinary.push(built);
  }
  return { batches: [...chunks(urgent, batchSize), ...chunks(ordinary, batchSize)], unsent };
}

export function ageFactsOf(delivery: ClaimedDelivery): AgeFacts {
  return {
    expiresAt: delivery.expiresAt.getTime(),
    takenInAt: delivery.createdAt.getTime(),
    firstSentAt: delivery.firstSentAt?.getTime() ?? null,
    browserFired: delivery.browserFired,
    askedAt: delivery.askedAt?.getTime() ?? null,
  };
}

function buildOne(lane: ClaimedLane, delivery: ClaimedDelivery, now: number): ReadyEvent | Unsent {
  const skip = (reason: DeliverySkipReason, consent: ConsentDecision | null = null): Unsent => ({
    delivery,
    end: { state: "skipped", reason, consent },
  });
  if (lane.closed) return skip(lane.closed);
  if (!delivery.document) return skip("redacted");
  const age = judgeAge(ageFactsOf(delivery), now);
  if (age.kind === "skip") return skip(age.reason);
  if (age.kind === "ask") {
    const message =
      "Not sent again: it may have been counted more than 48 hours ago. You can still send it by hand.";
    return { delivery, end: { state: "dead", message } };
  }
  const outcome = build(delivery, now);
  if (outcome instanceof Error) {
    return { delivery, end: { state: "dead", message: `The event could not be built (${outcome.name})` } };
  }
  if (outcome.kind === "skipped") return skip(outcome.reason, outcome.consent ?? null);
  return { delivery, event: fit(outcome.event, delivery), consent: outcome.consent };
}

/** A document that our own code cannot read must not stop the others of its lane. */
function build(delivery: ClaimedDelivery, now: number): ServerEventOutcome | Error {
  const { document } = delivery;
  if (!document) return new Error("no document");
  try {
    return buildServerEvent(
      {
        ...document,
        client: {
          ...(delivery.clientIp === null ? {} : { ip: delivery.clientIp }),
          ...(delivery.clientUserAgent === null ? {} : { userAgent: delivery.clientUserAgent }),
        },
      },
      reportOf(delivery),
      {
        now,
        eventTime: Math.floor(delivery.eventTime.getTime() / 1000),
        customerKind: delivery.customerKind,
      },
    );
  } catch (error) {
    return error instanceof Error ? error : new Error("unknown");
  }
}

function reportOf(delivery: ClaimedDelivery): BrowserReport | null {
  if (!delivery.reportDocument) return null;
  return {
    checkoutToken: "",
    consent: {},
    ...delivery.reportDocument,
    ...(delivery.reportIp === null ? {} : { ip: delivery.reportIp }),
    ...(delivery.reportUserAgent === null ? {} : { userAgent: delivery.reportUserAgent }),
  };
}

/** The row's ID and time are what the browser's copy was given: they stand above what the document says. */
function fit(event: CapiEvent, delivery: ClaimedDelivery): CapiEvent {
  const same = event.event_id === delivery.eventId;
  const settled = same ? event : { ...event, event_id: delivery.eventId as CapiEvent["event_id"] };
  return delivery.withoutFbc ? withoutClickId(settled) : settled;
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

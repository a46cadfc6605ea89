import { checkDatasetAccess, type AccessToken } from "../graph/access-tokens.ts";
import { objectMissing, unknownAlias, type GraphError } from "../graph/graph-error.ts";
import type { NewCopy } from "./dedup-ledger.ts";
import type { FaultDecision } from "../faults/fault.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import { isObject, type JsonObject } from "./json-shape.ts";
import { Notes } from "./notes.ts";
import { rejectionError } from "./rejection.ts";
import { takeIn } from "./take-in.ts";
import { checkEnvelope, unfoldData, type ValidRequest } from "./validate-envelope.ts";
import type { ValidEvent } from "./validate-event.ts";

export interface EventsCall {
  datasetId: string;
  token: AccessToken;
  body: JsonObject;
  traceId: string;
  decision: FaultDecision;
}

export type EventsResult = { ok: true; received: number } | { ok: false; error: GraphError };

const refuse = (error: GraphError): EventsResult => ({ ok: false, error });

/** `POST /{dataset}/events`: access, then the whole request, and only then does anything count. */
export function receiveEvents(world: SandboxWorld, call: EventsCall): EventsResult {
  if (!/^\d+$/.test(call.datasetId)) return refuse(unknownAlias(call.datasetId));
  const dataset = world.dataset(call.datasetId);
  if (dataset === undefined) return refuse(objectMissing(call.datasetId, "post"));
  const denied = checkDatasetAccess(call.token, call.datasetId);
  if (denied !== undefined) return refuse(denied);
  const now = world.clock.now();
  const notes = new Notes();
  const verdict = checkEnvelope(unfoldData(call.body), now, notes);
  if (!verdict.ok) return refuse(rejectionError(verdict.rejection, call.token.locale));
  const { request } = verdict;
  const poisoned = findPoisoned(request.events, call.decision);
  if (poisoned !== undefined) {
    return refuse(rejectionError({ subcode: poisoned, detail: "Invalid parameter" }, call.token.locale));
  }
  const fault = call.decision.fault;
  const taken =
    fault?.kind === "fewer_received"
      ? request.events.slice(0, fault.count ?? request.events.length - 1)
      : request.events;
  for (const event of taken) {
    takeIn(
      world,
      dataset,
      event.name,
      event.id,
      toCopy(event, request, now, call.traceId),
      event.raw,
      event.actionSource === "website",
    );
  }
  dataset.notes.addAll(notes);
  return { ok: true, received: taken.length };
}

function findPoisoned(events: readonly ValidEvent[], decision: FaultDecision): number | undefined {
  if (decision.rejectEvents.length === 0) return undefined;
  const poisoned = decision.rejectEvents.find(({ eventId }) => events.some((event) => event.id === eventId));
  poisoned?.struck();
  return poisoned?.subcode;
}

function toCopy(event: ValidEvent, request: ValidRequest, now: number, traceId: string): NewCopy {
  const custom = isObject(event.raw.custom_data) ? event.raw.custom_data : {};
  const options = event.raw.data_processing_options;
  return {
    channel: "server",
    receivedAt: now,
    eventTime: event.time,
    value: typeof custom.value === "number" ? custom.value : undefined,
    currency: typeof custom.currency === "string" ? custom.currency : undefined,
    identityMask: event.identityMask,
    limited: Array.isArray(options) && options.length > 0,
    testCode: request.testEventCode,
    traceId,
  };
}

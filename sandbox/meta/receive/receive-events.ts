import { checkDatasetAccess, type AccessToken } from "../graph/access-tokens.ts";
import { objectMissing, refuse, unknownAlias, type GraphResult } from "../graph/graph-error.ts";
import type { FaultDecision } from "../faults/fault.ts";
import { isObject, parseJson, type JsonObject } from "../http/read-body.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import { identityMask } from "./customer-information.ts";
import type { NewCopy } from "./dedup-ledger.ts";
import { Notes } from "./dataset.ts";
import { checkRequest, rejectionError, type ValidEvent } from "./validate-request.ts";

interface EventsCall {
  datasetId: string;
  token: AccessToken;
  body: JsonObject;
  traceId: string;
  decision: FaultDecision;
}

/** `POST /{dataset}/events`: access, then the whole request, and only then does anything count. */
export function receiveEvents(world: SandboxWorld, call: EventsCall): GraphResult {
  const { datasetId, token, decision, traceId } = call;
  if (!/^\d+$/.test(datasetId)) return refuse(unknownAlias(datasetId));
  const dataset = world.dataset(datasetId);
  if (dataset === undefined) return refuse(objectMissing(datasetId, "post"));
  const denied = checkDatasetAccess(token, datasetId);
  if (denied !== undefined) return refuse(denied);
  const now = world.clock.now();
  const notes = new Notes();
  const body = unfoldData(call.body);
  const verdict = checkRequest(body, now, notes);
  if (!verdict.ok) return refuse(rejectionError(verdict.rejection, token.locale));
  const { data: events, test_event_code: testCode } = verdict.request;
  const poisoned = decision.rejectEvents.find(({ eventId }) =>
    events.some((event) => event.event_id === eventId),
  );
  if (poisoned !== undefined) {
    poisoned.struck();
    return refuse(rejectionError({ subcode: poisoned.subcode, detail: "Invalid parameter" }, token.locale));
  }
  const { fault } = decision;
  const count = fault?.kind === "fewer_received" ? (fault.count ?? events.length - 1) : events.length;
  const payloads = body.data as unknown[];
  for (const [index, event] of events.slice(0, count).entries()) {
    const copy = { ...copyOf(event), receivedAt: now, testCode, traceId };
    const { event_name: name, event_id: id } = event;
    world.takeIn(dataset, { name, id, copy, payload: payloads[index] }, event.action_source === "website");
  }
  dataset.notes.addAll(notes);
  const received = Math.min(count, events.length);
  return { ok: true, body: { events_received: received, messages: [], fbtrace_id: traceId } };
}

function copyOf(event: ValidEvent): Omit<NewCopy, "receivedAt" | "testCode" | "traceId"> {
  return {
    channel: "server",
    eventTime: event.event_time,
    value: event.custom_data?.value,
    currency: event.custom_data?.currency,
    identityMask: identityMask(...Object.keys(event.user_data)),
    limited: (event.data_processing_options ?? []).length > 0,
  };
}

/** Form posts carry `data` as JSON text; a JSON body may too. Text that does not parse is left as it is. */
function unfoldData(body: JsonObject): JsonObject {
  const data = typeof body.data === "string" ? parseJson(body.data) : undefined;
  return Array.isArray(data) || isObject(data) ? { ...body, data } : body;
}

import { checkAccess, type AccessToken } from "../graph/access-tokens.ts";
import { graphError, objectMissing, type GraphResult } from "../graph/graph-error.ts";
import type { FaultDecision } from "../faults/fault.ts";
import { isObject, parseJson, type JsonObject } from "../http/read-body.ts";
import type { SandboxWorld } from "../sandbox-world.ts";
import { identityMask } from "./customer-information.ts";
import { Notes } from "./dataset.ts";
import { checkRequest, rejectionError } from "./validate-request.ts";

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
  if (!/^\d+$/.test(datasetId)) {
    const message = `(#803) Some of the aliases you requested do not exist: ${datasetId}`;
    return graphError(803, message, { status: 404 });
  }
  const dataset = world.dataset(datasetId);
  if (dataset === undefined) return objectMissing(datasetId, "post");
  const denied = checkAccess(token, datasetId, "post");
  if (denied !== undefined) return denied;
  const now = world.clock.now();
  const notes = new Notes();
  const body = unfoldData(call.body);
  const verdict = checkRequest(body, now, notes);
  if (!verdict.ok) return rejectionError(verdict.rejection, token.locale);
  const { data: events, test_event_code: testCode } = verdict.request;
  const ids = new Set(events.map((event) => event.event_id));
  const poisoned = decision.rejectEvents.find(({ eventId }) => ids.has(eventId));
  if (poisoned !== undefined) {
    poisoned.struck();
    return rejectionError({ subcode: poisoned.subcode, detail: "Invalid parameter" }, token.locale);
  }
  const { fault } = decision;
  const count = fault?.kind === "fewer_received" ? (fault.count ?? events.length - 1) : events.length;
  const payloads = body.data as unknown[];
  for (const [index, event] of events.slice(0, count).entries()) {
    const copy = {
      channel: "server" as const,
      receivedAt: now,
      eventTime: event.event_time,
      value: event.custom_data?.value,
      currency: event.custom_data?.currency,
      identityMask: identityMask(...Object.keys(event.user_data)),
      limited: (event.data_processing_options ?? []).length > 0,
      testCode,
      traceId,
    };
    const { event_name: name, event_id: id } = event;
    world.takeIn(dataset, { name, id, copy }, payloads[index], event.action_source === "website");
  }
  dataset.notes.addAll(notes);
  const received = Math.min(count, events.length);
  return { body: { events_received: received, messages: [], fbtrace_id: traceId } };
}

/** Form posts carry `data` as JSON text; a JSON body may too. Text that does not parse is left as it is. */
function unfoldData(body: JsonObject): JsonObject {
  const data = typeof body.data === "string" ? parseJson(body.data) : undefined;
  return Array.isArray(data) || isObject(data) ? { ...body, data } : body;
}

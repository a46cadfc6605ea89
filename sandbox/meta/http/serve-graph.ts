import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

import { faultAnswer, processesFirst } from "../faults/fault-answer.ts";
import { answerGraphCall } from "../graph/answer-graph-call.ts";
import type { GraphOutcome } from "../graph/answer-graph-call.ts";
import { faultTarget, findToken, nextTraceId, splitPath } from "../graph/graph-call.ts";
import { graphError, renderGraphError } from "../graph/graph-error.ts";
import { isObject } from "../receive/json-shape.ts";
import type { JournalEntry, SandboxWorld } from "../sandbox-world.ts";
import { jsonAnswer } from "./answer.ts";
import { readFields } from "./read-body.ts";
import { reset, send } from "./send.ts";

/** One request to the Graph API: the fault first, then the honest answer, then what the fault makes of it. */
export async function serveGraph(
  world: SandboxWorld,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const arrived = performance.now();
  const traceId = nextTraceId();
  const { version, segments } = splitPath(url.pathname);
  const target = faultTarget(segments, url.searchParams, world.clock.now());
  const decision = world.faults.decide(target);
  const { fault } = decision;
  const entry: JournalEntry = {
    seq: world.nextRequestSeq(),
    at: target.now,
    tookMs: 0,
    method: request.method ?? "GET",
    path: url.pathname,
    dataset: target.dataset ?? null,
    events: 0,
    token: null,
    tokenFrom: null,
    status: 0,
    code: null,
    subcode: null,
    fault: fault?.kind ?? null,
    traceId,
  };
  if (url.searchParams.has("access_token")) world.counters.tokensInUrl++;
  const close = (): void => {
    entry.tookMs = Math.round(performance.now() - arrived);
    world.journal.push(entry);
  };
  if (decision.delayMs > 0) await wait(decision.delayMs, undefined, { ref: false });
  if (fault?.kind === "down" || (fault?.kind === "reset" && fault.when === "before")) {
    close();
    reset(request);
    return;
  }
  const body = await readFields(request);
  if (!body.ok) {
    const error = graphError(100, "(#100) The request body could not be read", {
      status: body.reason === "too_large" ? 413 : 400,
    });
    Object.assign(entry, { status: error.status, code: error.code });
    close();
    send(response, jsonAnswer(error.status, renderGraphError(error, traceId), traceId));
    return;
  }
  const found = findToken(request.headers.authorization, url.searchParams, body.fields);
  entry.events = countEvents(body.fields.data);
  entry.token = found.token?.slice(-4) ?? null;
  entry.tokenFrom = found.tokenFrom;
  const honest: GraphOutcome | undefined =
    fault === undefined || processesFirst(fault)
      ? answerGraphCall(
          world,
          { method: entry.method, segments, version, query: url.searchParams, body: body.fields, ...found },
          decision,
          traceId,
        )
      : undefined;
  const answer = fault === undefined ? honest?.answer : faultAnswer(fault, honest?.answer, traceId);
  if (typeof answer === "object") {
    entry.status = answer.status;
    Object.assign(entry, errorCodes(answer.body));
  }
  noteRefusal(world, entry);
  close();
  if (answer === "reset") reset(request);
  else if (typeof answer === "object") send(response, answer);
}

function countEvents(data: unknown): number {
  if (Array.isArray(data)) return data.length;
  if (typeof data !== "string") return 0;
  try {
    const parsed: unknown = JSON.parse(data);
    return Array.isArray(parsed) ? parsed.length : 0;
  } catch {
    return 0;
  }
}

/** The codes a sender could read from the answer; none from HTML or from JSON that breaks off. */
function errorCodes(body: string | Buffer): { code: number | null; subcode: number | null } {
  const text = body.toString();
  if (!text.startsWith('{"error"')) return { code: null, subcode: null };
  try {
    const parsed: unknown = JSON.parse(text);
    const error = isObject(parsed) && isObject(parsed.error) ? parsed.error : {};
    return {
      code: typeof error.code === "number" ? error.code : null,
      subcode: typeof error.error_subcode === "number" ? error.error_subcode : null,
    };
  } catch {
    return { code: null, subcode: null };
  }
}

function noteRefusal(world: SandboxWorld, entry: JournalEntry): void {
  if (entry.code === null || entry.dataset === null) return;
  const refused = world.dataset(entry.dataset)?.refused;
  const name = entry.subcode === null ? `${entry.code}` : `${entry.code}/${entry.subcode}`;
  refused?.set(name, (refused.get(name) ?? 0) + 1);
}

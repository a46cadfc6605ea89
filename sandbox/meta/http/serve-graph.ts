import type { Request, Response } from "express";

import { urlOf } from "../../http/express-server.ts";
import { answerGraphCall } from "../graph/answer-graph-call.ts";
import { faultTarget, findToken, nextTraceId, splitPath } from "../graph/graph-call.ts";
import { graphError, renderGraphError } from "../graph/graph-error.ts";
import type { JournalEntry, SandboxWorld } from "../sandbox-world.ts";
import { answerUnderFaults } from "../faults/fault-answer.ts";
import { jsonAnswer, send } from "./answer.ts";
import { isObject, parseJson } from "./read-body.ts";

/** One request to the Graph API; it stands in the journal before its answer leaves. */
export async function serveGraph(world: SandboxWorld, request: Request, response: Response): Promise<void> {
  const arrived = performance.now();
  const traceId = nextTraceId();
  const { pathname, searchParams: query } = urlOf(request);
  const { version, segments } = splitPath(pathname);
  const target = faultTarget(segments, query, world.clock.now());
  const decision = world.faults.decide(target);
  const { method } = request;
  const entry: JournalEntry = {
    seq: world.nextRequestSeq(),
    at: target.now,
    tookMs: 0,
    method,
    path: pathname,
    dataset: target.dataset ?? null,
    events: 0,
    token: null,
    tokenFrom: null,
    status: 0,
    code: null,
    subcode: null,
    fault: decision.fault?.kind ?? null,
    traceId,
  };
  if (query.has("access_token")) world.counters.tokensInUrl++;
  const answer = await answerUnderFaults(request, response, decision, traceId, (body) => {
    if (!body.ok) {
      const status = body.tooLarge ? 413 : 400;
      const error = graphError(100, "(#100) The request body could not be read", { status });
      return () => jsonAnswer(status, renderGraphError(error, traceId), traceId);
    }
    const found = findToken(request.headers.authorization, query, body.fields);
    entry.events = countEvents(body.fields.data);
    entry.token = found.token?.slice(-4) ?? null;
    entry.tokenFrom = found.tokenFrom;
    const call = { method, segments, version, query, body: body.fields, ...found };
    return () => answerGraphCall(world, call, decision, traceId);
  });
  if (typeof answer === "object") Object.assign(entry, { status: answer.status }, errorCodes(answer.body));
  noteRefusal(world, entry);
  entry.tookMs = Math.round(performance.now() - arrived);
  world.journal.push(entry);
  send(request, response, answer);
}

function countEvents(data: unknown): number {
  const events = typeof data === "string" ? parseJson(data) : data;
  return Array.isArray(events) ? events.length : 0;
}

/** The codes a sender could read from the answer; none from HTML or from JSON that breaks off. */
function errorCodes(body: string | Buffer): { code: number | null; subcode: number | null } {
  const text = body.toString();
  const parsed = text.startsWith('{"error"') ? parseJson(text) : undefined;
  const error = isObject(parsed) && isObject(parsed.error) ? parsed.error : {};
  return {
    code: typeof error.code === "number" ? error.code : null,
    subcode: typeof error.error_subcode === "number" ? error.error_subcode : null,
  };
}

function noteRefusal(world: SandboxWorld, entry: JournalEntry): void {
  if (entry.code === null || entry.dataset === null) return;
  const refused = world.dataset(entry.dataset)?.refused;
  const name = entry.subcode === null ? `${entry.code}` : `${entry.code}/${entry.subcode}`;
  refused?.set(name, (refused.get(name) ?? 0) + 1);
}

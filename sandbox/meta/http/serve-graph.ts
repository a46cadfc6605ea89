import type { Request, Response } from "express";

import { urlOf } from "../../http/express-server.ts";
import { answerUnderFaults } from "../faults/fault-answer.ts";
import { answerGraphCall } from "../graph/answer-graph-call.ts";
import { faultTarget, findToken, nextTraceId, splitPath } from "../graph/graph-call.ts";
import { graphError } from "../graph/graph-error.ts";
import { newEntry, type JournalEntry, type SandboxWorld } from "../sandbox-world.ts";
import { errorAnswer, jsonAnswer, send } from "./answer.ts";
import { isObject, parseJson } from "./read-body.ts";

/** One request to the Graph API; it stands in the journal before its answer leaves. */
export async function serveGraph(world: SandboxWorld, request: Request, response: Response): Promise<void> {
  const arrived = performance.now();
  const traceId = nextTraceId();
  const { method } = request;
  const { pathname, searchParams: query } = urlOf(request);
  const { version, segments } = splitPath(pathname);
  const now = world.clock.now();
  const target = faultTarget(segments, query);
  const decision = world.faults.decide({ ...target, now });
  const entry = newEntry(now, method, pathname);
  entry.dataset = target.dataset ?? null;
  entry.fault = decision.fault?.kind ?? null;
  if (query.has("access_token")) world.counters.tokensInUrl++;
  const answer = await answerUnderFaults(request, response, decision, traceId, (body) => {
    if (!body.ok) {
      const status = body.tooLarge ? 413 : 400;
      const error = graphError(100, "(#100) The request body could not be read", { status });
      return () => errorAnswer(error, traceId);
    }
    const found = findToken(request.headers.authorization, query, body.fields);
    entry.events = countEvents(body.fields.data);
    entry.token = found.token?.slice(-4) ?? null;
    entry.tokenFrom = found.tokenFrom;
    const call = { method, segments, version, query, body: body.fields, ...found };
    return () => {
      const result = answerGraphCall(world, call, decision, traceId);
      return "code" in result ? errorAnswer(result, traceId) : jsonAnswer(200, result.body, traceId);
    };
  });
  if (typeof answer === "object") Object.assign(entry, { status: answer.status }, errorCodes(answer.body));
  noteRefusal(world, entry);
  entry.tookMs = Math.round(performance.now() - arrived);
  world.noteRequest(entry);
  send(request, response, answer);
}

function countEvents(data: unknown): number {
  const events = typeof data === "string" ? parseJson(data) : data;
  return Array.isArray(events) ? events.length : 0;
}

/** The codes a sender could read from the answer; none from HTML or from JSON that breaks off. */
function errorCodes(body: string | Buffer): Pick<JournalEntry, "code" | "subcode"> {
  const text = body.toString();
  const parsed = text.startsWith('{"error"') ? parseJson(text) : undefined;
  const error = isObject(parsed) && isObject(parsed.error) ? parsed.error : {};
  const numberOr = (value: unknown): number | null => (typeof value === "number" ? value : null);
  return { code: numberOr(error.code), subcode: numberOr(error.error_subcode) };
}

function noteRefusal(world: SandboxWorld, { code, subcode, dataset }: JournalEntry): void {
  if (code === null || dataset === null) return;
  const refused = world.dataset(dataset)?.refused;
  const name = subcode === null ? `${code}` : `${code}/${subcode}`;
  refused?.set(name, (refused.get(name) ?? 0) + 1);
}

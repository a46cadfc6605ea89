import type { Request, Response } from "express";
import { setTimeout as wait } from "node:timers/promises";
import { permissionError, tokenError } from "../graph/access-tokens.ts";
import { graphError, type GraphError } from "../graph/graph-error.ts";
import { errorAnswer, jsonAnswer, type Answer } from "../http/answer.ts";
import type { FaultDecision } from "./fault.ts";
import { readFields, type BodyVerdict } from "../http/read-body.ts";

type ShapingFault = NonNullable<FaultDecision["fault"]>;

/** Does this fault let the events in before it spoils the answer? */
function processesFirst(fault: ShapingFault): boolean {
  if ("when" in fault) return fault.when === "after";
  if ("processed" in fault && fault.processed !== undefined) return fault.processed;
  return ["truncated_json", "no_events_received", "fewer_received"].includes(fault.kind);
}

/**
 * What the fault makes of `honest`, the answer that would have been given (absent when nothing was processed).
 * "reset" and "silence" are not answers: the connection is cut, or kept open for ever.
 */
function spoil(
  fault: ShapingFault,
  honest: Answer | undefined,
  traceId: string,
): Answer | "reset" | "silence" {
  const refusal = (error: GraphError): Answer => errorAnswer(error, traceId);
  const nothing = { messages: [], fbtrace_id: traceId };
  switch (fault.kind) {
    case "down":
    case "reset":
      return "reset";
    case "timeout":
      return "silence";
    case "html": {
      const { status = 502 } = fault;
      const body = `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>Bad Gateway</h1></body></html>`;
      return { status, headers: { "content-type": "text/html; charset=utf-8" }, body };
    }
    case "truncated_json": {
      const whole = honest ?? jsonAnswer(200, { events_received: 1, ...nothing }, traceId);
      const text = whole.body.toString();
      return { ...whole, body: text.slice(0, Math.floor(text.length / 2)) };
    }
    case "no_events_received":
      return jsonAnswer(200, nothing, traceId);
    case "fewer_received":
      return honest ?? jsonAnswer(200, {}, traceId);
    case "raw_answer": {
      const headers = { "content-type": "application/json; charset=UTF-8", ...fault.headers };
      return { status: fault.status, headers, body: fault.body.repeat(fault.repeat ?? 1) };
    }
    case "token_error":
      return refusal(tokenError(fault.subcode ?? 463));
    case "permission":
      return refusal(permissionError(fault.code ?? 200));
    case "server_error": {
      const { code = 2, status = 500 } = fault;
      const again = "An unexpected error has occurred. Please retry your request later.";
      const message = code === 1 ? "An unknown error occurred" : again;
      return refusal(graphError(code, message, { status, isTransient: true }));
    }
    case "throttled": {
      const { code = 80_004, status = 400, subcode } = fault;
      const message = `(#${code}) There have been too many calls. Wait a bit.`;
      return refusal(graphError(code, message, { status, subcode }));
    }
    case "not_ready":
      return refusal(graphError(21_009, "(#21009) The data set upload is temporarily not ready"));
    case "blocked": {
      const message = "(#368) The action attempted has been deemed abusive or is otherwise disallowed";
      return refusal(graphError(368, message));
    }
    case "graph_error": {
      const { code, status, subcode, transient: isTransient = false } = fault;
      const message = `(#${code}) An error of the sandbox`;
      return refusal(graphError(code, message, { status, isTransient, subcode }));
    }
  }
}

/**
 * One request as the faults have it: the wait, then the honest answer, then what the fault makes of it.
 *
 * @param read gets the body of every request that is read at all, and returns how it is answered honestly
 */
export async function answerUnderFaults(
  request: Request,
  response: Response,
  decision: FaultDecision,
  traceId: string,
  read: (body: BodyVerdict) => () => Answer,
): Promise<Answer | "reset" | "silence"> {
  const { fault } = decision;
  if (decision.delayMs > 0) await wait(decision.delayMs, undefined, { ref: false });
  if (fault?.kind === "down" || (fault?.kind === "reset" && fault.when === "before")) return "reset";
  const answerHonestly = read(await readFields(request, response));
  if (fault === undefined) return answerHonestly();
  const answer = spoil(fault, processesFirst(fault) ? answerHonestly() : undefined, traceId);
  const after = "retryAfter" in fault ? fault.retryAfter : undefined;
  if (typeof answer === "string" || after === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, "retry-after": String(after) } };
}

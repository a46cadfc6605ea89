import type { Request, Response } from "express";
import { setTimeout as wait } from "node:timers/promises";
import { permissionError, tokenError } from "../graph/access-tokens.ts";
import { graphError, renderGraphError, type GraphError } from "../graph/graph-error.ts";
import { jsonAnswer, type Answer } from "../http/answer.ts";
import type { FaultDecision } from "./fault.ts";
import { readFields, type BodyVerdict } from "../http/read-body.ts";

type ShapingFault = NonNullable<FaultDecision["fault"]>;

const THROTTLE_TEXTS: Readonly<Record<number, string>> = {
  4: "(#4) Application request limit reached",
  17: "(#17) User request limit reached",
  32: "(#32) Page request limit reached",
  341: "(#341) Application limit reached",
  613: "(#613) Calls to this api have exceeded the rate limit.",
  80000: "(#80000) There have been too many calls from this ad-account.",
};

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
  const refusal = (error: GraphError): Answer =>
    jsonAnswer(error.status, renderGraphError(error, traceId), traceId);
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
      const again = "An unexpected error has occurred. Please retry your request later.";
      const message = fault.code === 1 ? "An unknown error occurred" : again;
      const extra = { status: fault.status ?? 500, isTransient: true };
      return refusal(graphError(fault.code ?? 2, message, extra));
    }
    case "throttled": {
      const { code = 80_004, status = 400, subcode } = fault;
      const message = THROTTLE_TEXTS[code] ?? `(#${code}) There have been too many calls. Wait a bit.`;
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
      return refusal(
        graphError(code, `(#${code}) An error of the sandbox`, { status, isTransient, subcode }),
      );
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

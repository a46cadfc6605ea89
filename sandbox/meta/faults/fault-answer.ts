import { permissionError, tokenError } from "../graph/access-tokens.ts";
import { graphError, renderGraphError, type GraphError } from "../graph/graph-error.ts";
import { jsonAnswer, type Answer } from "../http/answer.ts";
import type { FaultDecision } from "./fault.ts";
import type { Request, Response } from "express";
import { setTimeout as wait } from "node:timers/promises";
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
export function processesFirst(fault: ShapingFault): boolean {
  if ("when" in fault) return fault.when === "after";
  if ("processed" in fault && fault.processed !== undefined) return fault.processed;
  return ["truncated_json", "no_events_received", "fewer_received"].includes(fault.kind);
}

/**
 * What the fault makes of `honest`, the answer that would have been given (absent when nothing was processed).
 * "reset" and "silence" are not answers: the connection is cut, or kept open for ever.
 */
export function faultAnswer(
  fault: ShapingFault,
  honest: Answer | undefined,
  traceId: string,
): Answer | "reset" | "silence" {
  switch (fault.kind) {
    case "down":
    case "reset":
      return "reset";
    case "timeout":
      return "silence";
    case "html":
      return withRetryAfter(htmlAnswer(fault.status ?? 502), fault.retryAfter);
    case "truncated_json":
      return withRetryAfter(truncated(honest, traceId), fault.retryAfter);
    case "no_events_received":
      return jsonAnswer(200, { messages: [], fbtrace_id: traceId }, traceId);
    case "fewer_received":
      return honest ?? jsonAnswer(200, {}, traceId);
    case "raw_answer":
      return {
        status: fault.status,
        headers: { "content-type": "application/json; charset=UTF-8", ...fault.headers },
        body: fault.body.repeat(fault.repeat ?? 1),
      };
    case "server_error":
    case "throttled":
    case "token_error":
    case "permission":
    case "not_ready":
    case "blocked":
    case "graph_error": {
      const error = faultError(fault);
      const answer = jsonAnswer(error.status, renderGraphError(error, traceId), traceId);
      return withRetryAfter(answer, "retryAfter" in fault ? fault.retryAfter : undefined);
    }
  }
}

type ErrorKind =
  "server_error" | "throttled" | "token_error" | "permission" | "not_ready" | "blocked" | "graph_error";
type ErrorFault = Extract<ShapingFault, { kind: ErrorKind }>;

function faultError(fault: ErrorFault): GraphError {
  const subcode = "subcode" in fault ? { subcode: fault.subcode } : {};
  switch (fault.kind) {
    case "token_error":
      return tokenError(fault.subcode ?? 463);
    case "permission":
      return permissionError(fault.code ?? 200);
    case "server_error": {
      const again = "An unexpected error has occurred. Please retry your request later.";
      const message = fault.code === 1 ? "An unknown error occurred" : again;
      return graphError(fault.code ?? 2, message, { status: fault.status ?? 500, isTransient: true });
    }
    case "throttled": {
      const code = fault.code ?? 80_004;
      const message = THROTTLE_TEXTS[code] ?? `(#${code}) There have been too many calls. Wait a bit.`;
      return graphError(code, message, { status: fault.status ?? 400, ...subcode });
    }
    case "not_ready":
      return graphError(21_009, "(#21009) The data set upload is temporarily not ready");
    case "blocked":
      return graphError(
        368,
        "(#368) The action attempted has been deemed abusive or is otherwise disallowed",
      );
    case "graph_error":
      return graphError(fault.code, `(#${fault.code}) An error of the sandbox`, {
        status: fault.status,
        isTransient: fault.transient ?? false,
        ...subcode,
      });
  }
}

function withRetryAfter(answer: Answer, seconds: number | undefined): Answer {
  return seconds === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, "retry-after": String(seconds) } };
}

function htmlAnswer(status: number): Answer {
  const body = `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>Bad Gateway</h1></body></html>`;
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

function truncated(honest: Answer | undefined, traceId: string): Answer {
  const whole = honest ?? jsonAnswer(200, { events_received: 1, messages: [], fbtrace_id: traceId }, traceId);
  const text = whole.body.toString();
  return { ...whole, body: text.slice(0, Math.floor(text.length / 2)) };
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
  return faultAnswer(fault, processesFirst(fault) ? answerHonestly() : undefined, traceId);
}

import { permissionError, tokenError } from "../graph/access-tokens.ts";
import { graphError, renderGraphError } from "../graph/graph-error.ts";
import type { GraphError } from "../graph/graph-error.ts";
import type { Answer } from "../http/answer.ts";
import { jsonAnswer } from "../http/answer.ts";
import type { FaultDecision } from "./fault.ts";

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
  switch (fault.kind) {
    case "truncated_json":
    case "no_events_received":
      return fault.processed ?? true;
    case "server_error":
    case "html":
    case "throttled":
    case "not_ready":
    case "blocked":
    case "graph_error":
    case "raw_answer":
      return fault.processed ?? false;
    case "reset":
    case "timeout":
      return fault.when === "after";
    case "fewer_received":
      return true;
    case "down":
    case "token_error":
    case "permission":
      return false;
  }
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
    case "not_ready":
    case "blocked":
    case "graph_error": {
      const error = faultError(fault);
      return withRetryAfter(
        jsonAnswer(error.status, renderGraphError(error, traceId), traceId),
        fault.retryAfter,
      );
    }
    case "token_error":
    case "permission": {
      const error =
        fault.kind === "permission" ? permissionError(fault.code ?? 200) : tokenError(fault.subcode ?? 463);
      return jsonAnswer(error.status, renderGraphError(error, traceId), traceId);
    }
  }
}

function faultError(
  fault: Extract<
    ShapingFault,
    { kind: "server_error" | "throttled" | "not_ready" | "blocked" | "graph_error" }
  >,
): GraphError {
  switch (fault.kind) {
    case "server_error":
      return graphError(
        fault.code ?? 2,
        fault.code === 1
          ? "An unknown error occurred"
          : "An unexpected error has occurred. Please retry your request later.",
        { status: fault.status ?? 500, isTransient: true },
      );
    case "throttled": {
      const code = fault.code ?? 80_004;
      return graphError(
        code,
        THROTTLE_TEXTS[code] ?? `(#${code}) There have been too many calls. Wait a bit.`,
        {
          status: fault.status ?? 400,
          ...(fault.subcode === undefined ? {} : { subcode: fault.subcode }),
        },
      );
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
        ...(fault.subcode === undefined ? {} : { subcode: fault.subcode }),
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

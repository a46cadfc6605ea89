import { redactText } from "../platform/process/log.server.ts";
import { LONGEST_MESSAGE, LONGEST_TRACE, clampInteger, clampText } from "./clamp-answer.ts";
import { classifyError, type ErrorClass, type Remedy } from "./errors.ts";

/** What came back from the wire. */
export type WireAnswer =
  | {
      readonly kind: "answered";
      readonly status: number;
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
      readonly body: string;
    }
  | { readonly kind: "failed"; readonly failure: WireFailure };

export type WireFailure =
  /** No connection was made: Meta has certainly not seen the events. */
  | "unreachable"
  /** No answer in time: Meta may have taken the events. */
  | "timeout"
  /** The connection broke: Meta may have taken the events. */
  | "reset"
  /** The answer was longer than an answer can be. */
  | "too_large"
  /** We hung up ourselves, in order to stop. */
  | "aborted";

export type EventsAnswer =
  | {
      readonly kind: "accepted";
      readonly status: number;
      readonly received: number;
      readonly fbtraceId: string | null;
    }
  | {
      /** Meta says that it took fewer events than were sent, and not which. */
      readonly kind: "partial";
      readonly status: number;
      readonly received: number;
      readonly fbtraceId: string | null;
    }
  | Rejection;

export interface Rejection {
  readonly kind: "rejected";
  readonly class: ErrorClass;
  readonly remedy: Remedy | null;
  /** null where no HTTP answer came. */
  readonly status: number | null;
  readonly code: number | null;
  readonly subcode: number | null;
  /** Meta's own words (localised), or ours where Meta said nothing; anything that looks like a secret cut out. */
  readonly message: string;
  readonly fbtraceId: string | null;
  readonly retryAfterMs: number | null;
  /** True unless it is certain that Meta took nothing: then a repeat may be a second copy. */
  readonly mayHaveArrived: boolean;
}

/**
 * Reads Meta's answer to `POST /{dataset}/events`. Pure.
 *
 * Branches on HTTP status and codes only. A throttle comes as HTTP 400 too, so the status decides nothing where the
 * body holds a code.
 *
 * @param sent events in the request
 */
export function classifyEventsAnswer(answer: WireAnswer, sent: number): EventsAnswer {
  const read = readAnswer(answer);
  if (read.kind === "rejected") return read;
  const received = read.body["events_received"];
  const trace = read.fbtraceId;
  if (typeof received !== "number" || !Number.isInteger(received) || received < 0) {
    return {
      ...nothingSaid(read.status, "Meta answered without saying how many events it received"),
      fbtraceId: trace,
      class: "unknown",
    };
  }
  const kind = received >= sent ? "accepted" : "partial";
  return { kind, status: read.status, received, fbtraceId: trace };
}

export interface ReadAnswer {
  readonly kind: "json";
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly fbtraceId: string | null;
}

/** Any Graph API answer: a JSON object on 2xx, or what went wrong. */
export function readAnswer(answer: WireAnswer): ReadAnswer | Rejection {
  if (answer.kind === "failed") return FAILURES[answer.failure];
  const { status } = answer;
  const body = parseObject(answer.body);
  const error = body && isObject(body["error"]) ? body["error"] : undefined;
  if (error) return readError(answer, error);
  if (body && status >= 200 && status < 300) {
    return { kind: "json", status, body, fbtraceId: trace(body["fbtrace_id"]) ?? traceHeader(answer) };
  }
  const retryAfterMs = readRetryAfter(answer);
  const fbtraceId = traceHeader(answer);
  return { ...withoutBody(status, body !== undefined), retryAfterMs, fbtraceId };
}

type Answered = Extract<WireAnswer, { kind: "answered" }>;

function readError(answer: Answered, error: Readonly<Record<string, unknown>>): Rejection {
  const code = clampInteger(error["code"]);
  const subcode = clampInteger(error["error_subcode"]);
  const meaning =
    code === null
      ? { class: "unknown" as const }
      : classifyError(code, subcode, error["is_transient"] === true);
  const title = clampText(error["error_user_title"], LONGEST_MESSAGE);
  const words =
    clampText(error["error_user_msg"], LONGEST_MESSAGE) ??
    clampText(error["message"], LONGEST_MESSAGE) ??
    "Meta gave no reason";
  return {
    kind: "rejected",
    class: meaning.class,
    remedy: meaning.remedy ?? null,
    status: answer.status,
    code,
    subcode,
    message: tidy(title && !words.startsWith(title) ? `${title}: ${words}` : words),
    fbtraceId: trace(error["fbtrace_id"]) ?? traceHeader(answer),
    retryAfterMs: readRetryAfter(answer),
    mayHaveArrived: meaning.class === "transient" || meaning.class === "unknown",
  };
}

/** No code to go by: HTML of a proxy, JSON that breaks off, an empty body, a redirect. */
function withoutBody(status: number, isJson: boolean): Rejection {
  if (status === 429) {
    return { ...nothingSaid(status, "Too many requests"), class: "throttled", mayHaveArrived: false };
  }
  if (status === 413) {
    return { ...nothingSaid(status, "The request is too large"), class: "payload", mayHaveArrived: false };
  }
  if (status >= 300 && status < 400) {
    return { ...nothingSaid(status, "Redirected; not followed"), class: "unknown", mayHaveArrived: false };
  }
  if (isJson) return { ...nothingSaid(status, `HTTP ${status} without an error code`), class: "unknown" };
  return nothingSaid(status, `HTTP ${status} with a body that is not Meta's JSON`);
}

function nothingSaid(status: number | null, message: string): Rejection {
  return {
    kind: "rejected",
    class: "transient",
    remedy: null,
    status,
    code: null,
    subcode: null,
    message,
    fbtraceId: null,
    retryAfterMs: null,
    mayHaveArrived: true,
  };
}

const FAILURES: Readonly<Record<WireFailure, Rejection>> = {
  unreachable: { ...nothingSaid(null, "Meta could not be reached"), mayHaveArrived: false },
  timeout: nothingSaid(null, "Meta did not answer in time"),
  reset: nothingSaid(null, "The connection to Meta broke"),
  too_large: nothingSaid(null, "The answer was too long to read"),
  aborted: nothingSaid(null, "Stopped while waiting for Meta's answer"),
};

/** Seconds or an HTTP date (RFC 9110, 10.2.3), as milliseconds from now; null when absent or unreadable. */
function readRetryAfter(answer: Answered): number | null {
  const given = first(answer.headers["retry-after"]);
  if (given === undefined) return null;
  if (/^\d{1,9}$/.test(given.trim())) return Number(given) * 1000;
  const at = Date.parse(given);
  const sentAt = Date.parse(first(answer.headers["date"]) ?? "");
  // Against the answer's own date, so that a wrong clock of ours does not matter.
  return Number.isFinite(at) && Number.isFinite(sentAt) ? Math.max(0, at - sentAt) : null;
}

function traceHeader(answer: Answered): string | null {
  return trace(first(answer.headers["x-fb-trace-id"]));
}

function trace(value: unknown): string | null {
  return clampText(value, LONGEST_TRACE);
}

function first(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}

function parseObject(body: string): Readonly<Record<string, unknown>> | undefined {
  if (!body.trimStart().startsWith("{")) return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tidy(words: string): string {
  return clampText(redactText(clampText(words, LONGEST_MESSAGE * 2) ?? ""), LONGEST_MESSAGE) ?? "";
}

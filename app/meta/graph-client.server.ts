import { Agent, errors, request, type Dispatcher } from "undici";

import type { Log } from "../platform/process/log.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import { clampJson } from "./clamp-answer.ts";
import { classifyEventsAnswer, readAnswer } from "./classify-answer.ts";
import type { EventsAnswer, Rejection, WireAnswer, WireFailure } from "./classify-answer.ts";
import { DATASET_QUALITY_FIELDS } from "./dataset-quality-fields.ts";
import { GRAPH_VERSION } from "./version.ts";

/** What every event has, whatever else is in it. */
export interface GraphEvent {
  readonly event_name: string;
  readonly event_id: string;
  /** Unix seconds. */
  readonly event_time: number;
}

/** The JSON of one event. */
export type EventText = string;

export interface SendEvents {
  /** Meta's dataset (Pixel) ID. */
  readonly datasetId: string;
  readonly token: string;
  /** 1 to 1,000. */
  readonly events: readonly GraphEvent[];
  /** Meta does not drop such events: for synthetic purchases only. */
  readonly testEventCode?: string;
  /** Hang up: the answer is then `rejected`, transient. */
  readonly signal?: AbortSignal;
}

export interface EventsOutcome {
  readonly answer: EventsAnswer;
  /** Milliseconds from the call to the end of the answer. */
  readonly durationMs: number;
}

export type TokenOutcome =
  { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly rejection: Rejection };

export type QualityOutcome =
  | {
      readonly ok: true;
      /** `web` of the answer, one entry per event name; empty for an idle dataset. */
      readonly web: readonly unknown[];
    }
  | { readonly ok: false; readonly rejection: Rejection };

export interface GraphClient {
  /** `POST /{dataset}/events`. Never throws for anything that the wire or Meta does. */
  sendEvents(call: SendEvents): Promise<EventsOutcome>;
  /** The same, of events whose JSON the caller has already. */
  sendTexts(
    call: Omit<SendEvents, "events"> & { readonly texts: readonly EventText[] },
  ): Promise<EventsOutcome>;
  /** `GET /debug_token`: what Meta knows of a token. Reads only; sends no event. */
  debugToken(token: string): Promise<TokenOutcome>;
  /** `GET /dataset_quality` for one dataset; with `ofOurs` of the events alone that carry our agent's name. */
  datasetQuality(call: {
    readonly datasetId: string;
    readonly token: string;
    readonly ofOurs?: boolean;
  }): Promise<QualityOutcome>;
  close(): Promise<void>;
}

export interface GraphClientOptions {
  /** META_GRAPH_URL: no version, no slash at the end. */
  readonly graphUrl: string;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Connections kept to Meta at most. Default 512, one for each request that a worker may have in flight. */
  readonly connections?: number;
  readonly timeouts?: Partial<GraphTimeouts>;
  /** Default: an agent of this client's own, with kept-alive connections. */
  readonly dispatcher?: Dispatcher;
}

export interface GraphTimeouts {
  /** Milliseconds until a connection stands. */
  readonly connect: number;
  /** Milliseconds for a request with one event, or none. */
  readonly base: number;
  /** Further milliseconds per event. */
  readonly perEvent: number;
}

/**
 * Meta suggests 1,500 ms and answers most single events within 600 ms. A worker has nobody waiting, and a timeout that
 * comes too early makes a second copy, so we wait longer: 5 s for one event, 15 s for a thousand.
 */
const DEFAULT_TIMEOUTS: GraphTimeouts = { connect: 3_000, base: 5_000, perEvent: 10 };

const LONGEST_ANSWER = 1_048_576;

/** Event names of one dataset that are read: Meta knows about twenty. */
const MOST_EVENT_NAMES = 100;

/** Under 23 characters, as Meta asks: names the sender in Events Manager. */
const PARTNER_AGENT = "tandem";

/** The one way to Meta. The token travels in the header only, never in an address that a proxy might log. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const dispatcher =
    options.dispatcher ??
    new Agent({
      connections: options.connections ?? 512,
      pipelining: 1,
      connect: { timeout: timeouts.connect },
      keepAliveTimeout: 30_000,
    });

  const exchange = async (
    method: "GET" | "POST",
    path: string,
    token: string,
    timeoutMs: number,
    payload?: { readonly body: string; readonly signal: AbortSignal | undefined },
  ): Promise<WireAnswer> => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = payload?.signal ? AbortSignal.any([timeout, payload.signal]) : timeout;
    try {
      const answer = await request(`${options.graphUrl}/${GRAPH_VERSION}/${path}`, {
        method,
        dispatcher,
        signal,
        headers: {
          authorization: `Bearer ${token}`,
          accept: "application/json",
          ...(payload ? { "content-type": "application/json" } : {}),
        },
        ...(payload ? { body: payload.body } : {}),
      });
      const body = await readLimited(answer.body);
      if (body === undefined) return { kind: "failed", failure: "too_large" };
      warnOfVersion(options.log, answer.headers["x-ad-api-version-warning"]);
      return { kind: "answered", status: answer.statusCode, headers: answer.headers, body };
    } catch (error) {
      return { kind: "failed", failure: nameFailure(error, timeout, payload?.signal) };
    }
  };

  const ask = async (path: string, token: string) => {
    const read = readAnswer(await exchange("GET", path, token, timeouts.base));
    options.metrics.metaRequests.inc({ class: read.kind === "json" ? "ok" : read.class });
    return read;
  };

  const sendTexts: GraphClient["sendTexts"] = async ({ datasetId, token, texts, testEventCode, signal }) => {
    const code = testEventCode === undefined ? "" : `,"test_event_code":${JSON.stringify(testEventCode)}`;
    const body = `{"data":[${texts.join(",")}],"partner_agent":"${PARTNER_AGENT}"${code}}`;
    const started = performance.now();
    const wire = await exchange(
      "POST",
      `${encodeURIComponent(datasetId)}/events`,
      token,
      timeouts.base + timeouts.perEvent * texts.length,
      { body, signal },
    );
    const durationMs = Math.round(performance.now() - started);
    const answer = classifyEventsAnswer(wire, texts.length);
    options.metrics.metaRequests.inc({
      class: answer.kind === "accepted" ? "ok" : answer.kind === "partial" ? "partial" : answer.class,
    });
    options.metrics.metaSeconds.observe(durationMs / 1000);
    return { answer, durationMs };
  };

  return {
    sendTexts,
    sendEvents: ({ events, ...call }) =>
      sendTexts({ ...call, texts: events.map((event) => JSON.stringify(event)) }),
    debugToken: async (token) => {
      // The documented parameter of this call; what authorises it is the header.
      const read = await ask(`debug_token?input_token=${encodeURIComponent(token)}`, token);
      return read.kind === "json" ? { ok: true, data: read.body["data"] } : { ok: false, rejection: read };
    },
    datasetQuality: async ({ datasetId, token, ofOurs = false }) => {
      const query = new URLSearchParams({
        dataset_id: datasetId,
        fields: DATASET_QUALITY_FIELDS,
        ...(ofOurs && { agent_name: PARTNER_AGENT }),
      });
      const read = await ask(`dataset_quality?${query.toString()}`, token);
      if (read.kind === "rejected") return { ok: false, rejection: read };
      const web = read.body["web"];
      return {
        ok: true,
        web: Array.isArray(web) ? web.slice(0, MOST_EVENT_NAMES).map((each) => clampJson(each)) : [],
      };
    },
    close: () => dispatcher.close(),
  };
}

async function readLimited(body: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    // Leaving the loop destroys the stream and with it the connection.
    if (size > LONGEST_ANSWER) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const NEVER_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function nameFailure(error: unknown, timeout: AbortSignal, stop: AbortSignal | undefined): WireFailure {
  if (timeout.aborted) return "timeout";
  if (stop?.aborted) return "aborted";
  if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError)
    return "timeout";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (NEVER_CONNECTED.has(code) || isTlsProblem(code)) return "unreachable";
  return "reset";
}

/** The handshake failed, so nothing was sent. */
function isTlsProblem(code: string): boolean {
  return code.startsWith("ERR_TLS") || code.startsWith("CERT_") || code.includes("SIGNED_CERT");
}

function warnOfVersion(log: Log, warning: string | readonly string[] | undefined): void {
  if (warning !== undefined)
    log.warn({ warning, version: GRAPH_VERSION }, "Meta upgraded the API version of a request");
}

import { z } from "zod";

const may = z.exactOptional;

/** Where and how often a fault strikes. */
const AIM = {
  /** Only this dataset; absent: every dataset. */
  dataset: may(z.string()),
  /** Default "events". */
  scope: may(z.enum(["events", "debug_token", "dataset_quality", "tr", "fbevents", "all"])),
  /** Share of matching requests that are struck, 0..1. Default 1. */
  probability: may(z.number().min(0).max(1)),
  /** Strikes so many times, then is gone. Absent: until it is removed. */
  times: may(z.int().min(0)),
  /** Lets so many matching requests pass first. */
  skip: may(z.int().min(0)),
  /** Sandbox time in ms from which it strikes. */
  from: may(z.number()),
  /** Sandbox time in ms at which it ends. */
  until: may(z.number()),
};

/**
 * `processed` says whether Meta took the events in before the answer went wrong: `true` is the cruel case, in which the
 * sender has to repeat what was already counted. `retryAfter` is in seconds, sent as `Retry-After`.
 */
const ANSWERING = { processed: may(z.boolean()), retryAfter: may(z.number().min(0)) };
const status = z.int().min(200).max(599);
const when = z.enum(["before", "after"]);
const subcode = may(z.int());

const kind = <K extends string, S extends z.ZodRawShape>(name: K, shape: S) =>
  z.strictObject({ kind: z.literal(name), ...shape, ...AIM });

/** Faults the sandbox can be told to have. Unknown keys are refused: a misspelt fault must not silently do nothing. */
export const faultSchema = z.discriminatedUnion("kind", [
  /** Waits `ms` plus up to `jitterMs` (real time), then goes on. Several add up, and go with any other fault. */
  kind("latency", { ms: z.number().min(0), jitterMs: may(z.number().min(0)) }),
  /** JSON error of code 1 or 2 (default 2), transient, on HTTP 500 (default) or 503. */
  kind("server_error", { status: may(status), code: may(z.literal([1, 2])), ...ANSWERING }),
  /** A proxy's HTML page, HTTP 502 unless said. */
  kind("html", { status: may(status), ...ANSWERING }),
  /** HTTP 200 whose JSON breaks off. `processed` defaults to true. */
  kind("truncated_json", ANSWERING),
  /** The connection is reset, before the request was read or after it was processed. */
  kind("reset", { when }),
  /** No answer ever, before or after processing. */
  kind("timeout", { when }),
  /** Nobody is there: connections are reset at once. */
  kind("down", {}),
  /** A throttle code (4, 17, 32, 341, 613, 80000, 80003, 80004, 80014; default 80004) on HTTP 400 unless said. */
  kind("throttled", { code: may(z.int()), subcode, status: may(status), ...ANSWERING }),
  /** 190 with the subcode (default 463, expired). */
  kind("token_error", { subcode }),
  /** 200 (default) or 10. */
  kind("permission", { code: may(z.literal([10, 200])) }),
  /** HTTP 200 without `events_received`. `processed` defaults to true. */
  kind("no_events_received", ANSWERING),
  /** Takes in and reports only the first `count` events, by default all but the last. */
  kind("fewer_received", { count: may(z.int().min(0)) }),
  /** 21009: the upload is temporarily not ready. */
  kind("not_ready", ANSWERING),
  /** 368: blocked by policy. */
  kind("blocked", ANSWERING),
  /** Refuses every request that holds this event ID with 100 and the subcode (default 2804019). */
  kind("reject_event", { eventId: z.string(), subcode }),
  /** Any other error. */
  kind("graph_error", { status, code: z.int(), subcode, transient: may(z.boolean()), ...ANSWERING }),
  /** Exactly this answer, whatever it is: odd texts, a redirect, a body of any length (`repeat` times `body`). */
  kind("raw_answer", {
    status,
    body: z.string(),
    repeat: may(z.int().min(0).max(100_000)),
    headers: may(z.record(z.string(), z.string())),
    processed: may(z.boolean()),
  }),
]);

export type Fault = z.infer<typeof faultSchema>;

/** What a request is to the faults. */
export interface FaultTarget {
  scope: Exclude<NonNullable<Fault["scope"]>, "all">;
  dataset: string | undefined;
  now: number;
}

export interface FaultDecision {
  /** Real milliseconds to wait first. */
  delayMs: number;
  /** The one fault that shapes the answer. */
  fault: Exclude<Fault, { kind: "latency" | "reject_event" }> | undefined;
  /** `struck` is to be called when a request is refused for it. */
  rejectEvents: { eventId: string; subcode: number; struck: () => void }[];
}

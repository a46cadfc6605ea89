/**
 * Faults the sandbox can be told to have. Each names its kind, where it strikes and how often.
 *
 * `processed` says whether Meta took the events in before the answer went wrong: `true` is the cruel case, in which the
 * sender has to repeat what was already counted.
 */
export type FaultScope = "events" | "debug_token" | "dataset_quality" | "tr" | "fbevents" | "all";

export interface FaultAim {
  /** Only this dataset; absent: every dataset. */
  dataset?: string;
  /** Default "events". */
  scope?: FaultScope;
  /** Share of matching requests that are struck, 0..1. Default 1. */
  probability?: number;
  /** Strikes so many times, then is gone. Absent: until it is removed. */
  times?: number;
  /** Lets so many matching requests pass first. */
  skip?: number;
  /** Sandbox time in ms from which it strikes. */
  from?: number;
  /** Sandbox time in ms at which it ends. */
  until?: number;
}

interface Answering {
  processed?: boolean;
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number;
}

export type FaultKind =
  /** Waits `ms` plus up to `jitterMs` (real time), then goes on. Several add up, and go with any other fault. */
  | { kind: "latency"; ms: number; jitterMs?: number }
  /** JSON error of code 1 or 2 (default 2), transient, on HTTP 500 (default) or 503. */
  | ({ kind: "server_error"; status?: number; code?: 1 | 2 } & Answering)
  /** A proxy's HTML page, HTTP 502 unless said. */
  | ({ kind: "html"; status?: number } & Answering)
  /** HTTP 200 whose JSON breaks off. `processed` defaults to true. */
  | ({ kind: "truncated_json" } & Answering)
  /** The connection is reset, before the request was read or after it was processed. */
  | { kind: "reset"; when: "before" | "after" }
  /** No answer ever, before or after processing. */
  | { kind: "timeout"; when: "before" | "after" }
  /** Nobody is there: connections are reset at once. */
  | { kind: "down" }
  /** A throttle code (4, 17, 32, 341, 613, 80000, 80003, 80004, 80014; default 80004) on HTTP 400 unless said. */
  | ({ kind: "throttled"; code?: number; subcode?: number; status?: number } & Answering)
  /** 190 with the subcode (default 463, expired). */
  | { kind: "token_error"; subcode?: number }
  /** 200 (default) or 10. */
  | { kind: "permission"; code?: 10 | 200 }
  /** HTTP 200 without `events_received`. `processed` defaults to true. */
  | ({ kind: "no_events_received" } & Answering)
  /** Takes in and reports only the first `count` events, by default all but the last. */
  | { kind: "fewer_received"; count?: number }
  /** 21009: the upload is temporarily not ready. */
  | ({ kind: "not_ready" } & Answering)
  /** 368: blocked by policy. */
  | ({ kind: "blocked" } & Answering)
  /** Refuses every request that holds this event ID with 100 and the subcode (default 2804019). */
  | { kind: "reject_event"; eventId: string; subcode?: number }
  /** Any other error. */
  | ({ kind: "graph_error"; status: number; code: number; subcode?: number; transient?: boolean } & Answering)
  /** Exactly this answer, whatever it is: odd texts, a redirect, a body of any length (`repeat` times `body`). */
  | {
      kind: "raw_answer";
      status: number;
      body: string;
      repeat?: number;
      headers?: Record<string, string>;
      processed?: boolean;
    }
  /** Answers as if the call's version had been lifted: header X-Ad-Api-Version-Warning. */
  | { kind: "auto_upgraded" };

export type Fault = FaultKind & FaultAim;

/** What a request is to the faults. */
export interface FaultTarget {
  scope: Exclude<FaultScope, "all">;
  dataset: string | undefined;
  now: number;
}

export interface FaultDecision {
  /** Real milliseconds to wait first. */
  delayMs: number;
  /** The one fault that shapes the answer. */
  fault: Exclude<Fault, { kind: "latency" | "auto_upgraded" | "reject_event" }> | undefined;
  autoUpgraded: boolean;
  /** `struck` is to be called when a request is refused for it. */
  rejectEvents: { eventId: string; subcode: number; struck: () => void }[];
}

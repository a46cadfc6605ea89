import type { Fault } from "../faults/fault.ts";

/** The faults the page offers, under the words it shows. */
export const PRESETS: Record<string, Fault> = {
  "Slow: 1 to 3 s": { kind: "latency", ms: 1000, jitterMs: 2000 },
  "HTTP 500, code 2": { kind: "server_error", status: 500, code: 2 },
  "HTTP 503, code 1": { kind: "server_error", status: 503, code: 1 },
  "HTML page, 502": { kind: "html", status: 502 },
  "JSON breaks off (events taken in)": { kind: "truncated_json" },
  "Reset before reading": { kind: "reset", when: "before" },
  "Reset after taking in": { kind: "reset", when: "after" },
  "No answer, nothing taken in": { kind: "timeout", when: "before" },
  "No answer, taken in": { kind: "timeout", when: "after" },
  "Down: nobody there": { kind: "down" },
  "Throttled, 80004 on 400": { kind: "throttled", code: 80_004 },
  "Throttled, 4, Retry-After 30 s": { kind: "throttled", code: 4, subcode: 1_504_022, retryAfter: 30 },
  "Token expired, 190/463": { kind: "token_error", subcode: 463 },
  "App removed, 190/458": { kind: "token_error", subcode: 458 },
  "Permission lost, 200": { kind: "permission", code: 200 },
  "200 without events_received": { kind: "no_events_received" },
  "All but the last event taken in": { kind: "fewer_received" },
  "Not ready, 21009": { kind: "not_ready" },
  "Blocked, 368": { kind: "blocked" },
};

export const OFTEN: Record<string, Partial<Fault>> = {
  "every request": {},
  "the next request": { times: 1 },
  "the next 5 requests": { times: 5 },
  "one request in five": { probability: 0.2 },
};

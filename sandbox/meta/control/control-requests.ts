import { z } from "zod";

import type { Fault } from "../faults/fault.ts";
import type { NewAccessToken } from "../graph/access-tokens.ts";
import type { NewDataset } from "../receive/dataset.ts";
import type { ClockChange } from "../sandbox-clock.ts";

/** Bodies of the control API. Unknown keys are refused, so that a misspelt fault does not silently do nothing. */
const aim = {
  dataset: z.string().optional(),
  scope: z.enum(["events", "debug_token", "dataset_quality", "tr", "fbevents", "all"]).optional(),
  probability: z.number().min(0).max(1).optional(),
  times: z.int().min(0).optional(),
  skip: z.int().min(0).optional(),
  from: z.number().optional(),
  until: z.number().optional(),
};
const answering = { processed: z.boolean().optional(), retryAfter: z.number().min(0).optional() };
const when = z.enum(["before", "after"]);
const status = z.int().min(200).max(599);

const fault = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("latency"),
    ms: z.number().min(0),
    jitterMs: z.number().min(0).optional(),
    ...aim,
  }),
  z.strictObject({
    kind: z.literal("server_error"),
    status: status.optional(),
    code: z.union([z.literal(1), z.literal(2)]).optional(),
    ...answering,
    ...aim,
  }),
  z.strictObject({ kind: z.literal("html"), status: status.optional(), ...answering, ...aim }),
  z.strictObject({ kind: z.literal("truncated_json"), ...answering, ...aim }),
  z.strictObject({ kind: z.literal("reset"), when, ...aim }),
  z.strictObject({ kind: z.literal("timeout"), when, ...aim }),
  z.strictObject({ kind: z.literal("down"), ...aim }),
  z.strictObject({
    kind: z.literal("throttled"),
    code: z.int().optional(),
    subcode: z.int().optional(),
    status: status.optional(),
    ...answering,
    ...aim,
  }),
  z.strictObject({ kind: z.literal("token_error"), subcode: z.int().optional(), ...aim }),
  z.strictObject({
    kind: z.literal("permission"),
    code: z.union([z.literal(10), z.literal(200)]).optional(),
    ...aim,
  }),
  z.strictObject({ kind: z.literal("no_events_received"), ...answering, ...aim }),
  z.strictObject({ kind: z.literal("fewer_received"), count: z.int().min(0).optional(), ...aim }),
  z.strictObject({ kind: z.literal("not_ready"), ...answering, ...aim }),
  z.strictObject({ kind: z.literal("blocked"), ...answering, ...aim }),
  z.strictObject({
    kind: z.literal("reject_event"),
    eventId: z.string(),
    subcode: z.int().optional(),
    ...aim,
  }),
  z.strictObject({
    kind: z.literal("graph_error"),
    status,
    code: z.int(),
    subcode: z.int().optional(),
    transient: z.boolean().optional(),
    ...answering,
    ...aim,
  }),
  z.strictObject({
    kind: z.literal("raw_answer"),
    status,
    body: z.string(),
    repeat: z.int().min(0).max(100_000).optional(),
    headers: z.record(z.string(), z.string()).optional(),
    processed: z.boolean().optional(),
    ...aim,
  }),
  z.strictObject({ kind: z.literal("auto_upgraded"), ...aim }),
]);

export const faultsRequest = z.strictObject({ faults: z.array(fault) });

export const datasetRequest = z.strictObject({
  id: z.string().regex(/^\d{1,20}$/),
  name: z.string().optional(),
});

export const tokenRequest = z.strictObject({
  token: z.string().min(1).optional(),
  datasets: z.array(z.string()).optional(),
  scopes: z.array(z.string()).optional(),
  granular: z.boolean().optional(),
  type: z.enum(["SYSTEM_USER", "USER", "APP"]).optional(),
  application: z.string().optional(),
  appId: z.string().optional(),
  expiresAt: z.int().optional(),
  state: z
    .enum([
      "valid",
      "app_removed",
      "checkpoint",
      "password_changed",
      "expired",
      "unconfirmed",
      "invalidated",
      "role_lost",
      "no_permission",
    ])
    .optional(),
  locale: z.enum(["en_US", "fr_FR", "da_DK"]).optional(),
});

export const clockRequest = z.strictObject({
  nowMs: z.number().optional(),
  offsetMs: z.number().optional(),
  rate: z.number().min(0).optional(),
});

export const resetRequest = z.strictObject({ what: z.enum(["received", "everything"]).optional() });

/** Parsed JSON holds no `undefined`; dropping such keys makes the schema's types exact. */
export function compact<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

export const asFaults = (given: z.infer<typeof faultsRequest>): Fault[] =>
  given.faults.map(compact) as Fault[];
export const asDataset = (given: z.infer<typeof datasetRequest>): NewDataset => compact(given) as NewDataset;
export const asToken = (given: z.infer<typeof tokenRequest>): NewAccessToken =>
  compact(given) as NewAccessToken;
export const asClock = (given: z.infer<typeof clockRequest>): ClockChange => compact(given) as ClockChange;

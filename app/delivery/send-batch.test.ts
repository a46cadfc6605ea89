import { describe, expect, it } from "vitest";

import type { EventsAnswer, Rejection } from "../meta/classify-answer.ts";
import type { ReadyEvent } from "./build-batch.ts";
import type { ClaimedLane } from "./claim-due-deliveries.server.ts";
import { sendBatch, type BatchPart } from "./send-batch.server.ts";

const NOW = 1_800_000_000_000;
const ACCEPTED: EventsAnswer = { kind: "accepted", status: 200, received: 1, fbtraceId: null };
const rejected = (fields: Pick<Rejection, "class"> & Partial<Rejection>): Rejection => ({
  kind: "rejected",
  remedy: null,
  status: 400,
  code: 100,
  subcode: null,
  message: "",
  fbtraceId: null,
  retryAfterMs: null,
  mayHaveArrived: false,
  ...fields,
});

function ready(id: number): ReadyEvent {
  return {
    delivery: {
      id: BigInt(id),
      leaseToken: "lease",
      dueAt: NOW - 1_000,
      expiresAt: NOW + 6 * 24 * 3_600_000,
      takenInAt: NOW - 5_000,
      failures: 9,
      withoutFbc: false,
      askedAt: null,
      firstSentAt: null,
      customerKind: null,
      eventTime: NOW / 1_000 - 5,
      conversion: "redacted",
      report: null,
      browserFired: false,
    },
    event: {
      event_name: "Purchase",
      event_time: NOW / 1_000,
      event_id: String(id) as ReadyEvent["event"]["event_id"],
      action_source: "website",
      user_data: {},
      custom_data: { value: 1, currency: "EUR", order_id: String(id) },
    },
    consent: { kind: "send", evidence: "none" },
  };
}

const lane: ClaimedLane = {
  datasetId: 1n,
  storeId: 1n,
  metaDatasetId: "1",
  sealedToken: null,
  closed: null,
  throttles: 0,
  failures: 0,
  leaseToken: "lease",
  deliveries: [],
};

/** Sends four events on their last attempt to a Meta that answers as told; gives what was settled, by event. */
async function send(answers: readonly EventsAnswer[]) {
  const left = [...answers];
  const parts: BatchPart[] = [];
  let requests = 0;
  await sendBatch(
    {
      graph: {
        sendEvents: () => {
          requests += 1;
          return Promise.resolve({ answer: left.shift() ?? ACCEPTED, durationMs: 1 });
        },
      },
      clock: () => NOW,
      random: () => 0.5,
      keep: (events) => Promise.resolve(events),
      settle: (part) => {
        parts.push(part);
        return Promise.resolve();
      },
      signal: new AbortController().signal,
      isTrial: false,
    },
    lane,
    "token",
    [1, 2, 3, 4].map(ready),
  );
  const settled = new Map(
    parts.flatMap((part) => part.settled).map((each) => [Number(each.id), each] as const),
  );
  return { requests, parts, settled };
}

describe("a batch that is given up in the middle of its search", () => {
  const BAD = rejected({ class: "payload" });
  const AWAY = rejected({ class: "transient", status: 500, code: 2, mayHaveArrived: true });

  it("costs only those an attempt that were sent", async () => {
    const { requests, settled } = await send([BAD, AWAY]);
    expect(requests).toBe(2);
    // Sent, on their tenth and last attempt.
    for (const id of [1, 2]) expect(settled.get(id)).toMatchObject({ settlement: { state: "dead" } });
    // Never sent on their own: they come up again as they were.
    for (const id of [3, 4])
      expect(settled.get(id)).toMatchObject({
        settlement: { state: "retrying", dueAt: NOW + 10_000, failed: false },
        attempt: null,
        event: null,
      });
  });

  it("says of the others only what is known: the dataset was asked once", async () => {
    const { parts } = await send([BAD, AWAY]);
    expect(parts.map(({ answer }) => answer)).toEqual([AWAY, null]);
  });

  it("holds the others with a dataset that is refused as a whole", async () => {
    const { settled } = await send([BAD, rejected({ class: "credential", code: 190 })]);
    for (const id of [3, 4])
      expect(settled.get(id)?.settlement).toEqual({ state: "held", dueAt: NOW - 1_000 });
  });
});

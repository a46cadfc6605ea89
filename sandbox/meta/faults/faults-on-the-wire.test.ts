import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

import { postEvents, type Posted, samplePurchase } from "#tests/setup/sandbox/post-events.ts";
import { startMeta, type MetaSandbox } from "../start-meta.ts";
import type { Fault } from "./fault.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
let meta: MetaSandbox;
let token: string;

beforeAll(async () => {
  meta = await startMeta({ now: () => NOW });
});
afterAll(() => meta.close());
beforeEach(() => {
  meta.reset();
  meta.addDataset({ id: "1" });
  token = meta.addToken({ datasets: ["1"] });
});

const send = (...ids: string[]): Promise<Posted> =>
  postEvents(
    meta,
    "1",
    token,
    ids.map((id) => samplePurchase(id, NOW / 1000 - 60)),
  );
const received = (): number => meta.state().totals.received;

it.each<[Fault, number, number | undefined, number | undefined, boolean]>([
  [{ kind: "server_error" }, 500, 2, undefined, true],
  [{ kind: "server_error", status: 503, code: 1 }, 503, 1, undefined, true],
  [{ kind: "throttled" }, 400, 80_004, undefined, false],
  [{ kind: "throttled", code: 4, subcode: 1_504_022 }, 400, 4, 1_504_022, false],
  [{ kind: "throttled", code: 17, subcode: 2_446_079 }, 400, 17, 2_446_079, false],
  [{ kind: "throttled", code: 613 }, 400, 613, undefined, false],
  [{ kind: "token_error" }, 400, 190, 463, false],
  [{ kind: "token_error", subcode: 458 }, 400, 190, 458, false],
  [{ kind: "permission" }, 403, 200, undefined, false],
  [{ kind: "permission", code: 10 }, 403, 10, undefined, false],
  [{ kind: "not_ready" }, 400, 21_009, undefined, false],
  [{ kind: "blocked" }, 400, 368, undefined, false],
  [{ kind: "graph_error", status: 400, code: 5000 }, 400, 5000, undefined, false],
])("%j", async (fault, status, code, subcode, transient) => {
  meta.setFaults([fault]);
  const answer = await send("1");
  expect(answer.status).toBe(status);
  const error = answer.body?.error as Record<string, unknown>;
  expect([error.code, error.error_subcode, error.is_transient]).toEqual([code, subcode, transient]);
  expect(received()).toBe(0);
  expect(meta.requests()).toMatchObject([{ fault: fault.kind, status, code }]);
});

it("answers with a proxy's page", async () => {
  meta.setFaults([{ kind: "html" }]);
  const answer = await send("1");
  expect([answer.status, answer.headers.get("content-type"), answer.body]).toEqual([
    502,
    "text/html; charset=utf-8",
    undefined,
  ]);
  expect(received()).toBe(0);
});

it("sends Retry-After with a throttle", async () => {
  meta.setFaults([{ kind: "throttled", retryAfter: 30 }]);
  expect((await send("1")).headers.get("retry-after")).toBe("30");
});

it("takes events in and spoils the answer", async () => {
  meta.setFaults([
    { kind: "truncated_json", times: 1 },
    { kind: "no_events_received", times: 1 },
    { kind: "server_error", processed: true, times: 1 },
  ]);
  const [truncated, silent, broken] = [await send("1"), await send("2"), await send("3")];
  expect([truncated.status, truncated.body]).toEqual([200, undefined]);
  expect([silent.status, silent.body]).toEqual([
    200,
    { messages: [], fbtrace_id: expect.any(String) as string },
  ]);
  expect(broken.status).toBe(500);
  expect(received()).toBe(3);
});

it("takes in fewer than sent, and says so", async () => {
  meta.setFaults([{ kind: "fewer_received" }]);
  expect((await send("1", "2", "3")).body).toMatchObject({ events_received: 2 });
  expect(meta.events().map(({ id }) => id)).toEqual(["1", "2"]);
});

it.each<[Fault, number]>([
  [{ kind: "reset", when: "before" }, 0],
  [{ kind: "reset", when: "after" }, 1],
  [{ kind: "down" }, 0],
])("cuts the connection: %j", async (fault, taken) => {
  meta.setFaults([fault]);
  const failure: unknown = await send("1").catch((error: unknown) => error);
  expect((failure as { cause?: { code?: string } }).cause?.code).toBe("ECONNRESET");
  expect(received()).toBe(taken);
  expect(meta.requests()).toMatchObject([{ status: 0, fault: fault.kind }]);
});

it.each<["before" | "after", number]>([
  ["before", 0],
  ["after", 1],
])("never answers, %s taking in", async (when, taken) => {
  meta.setFaults([{ kind: "timeout", when }]);
  const leaving = new AbortController();
  const call = fetch(`${meta.graphUrl}/v26.0/1/events`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ data: [samplePurchase("1", NOW / 1000 - 60)] }),
    signal: leaving.signal,
  });
  const answer = call.then(
    () => "an answer",
    () => "none",
  );
  await expect.poll(() => meta.state().faults[0]?.struck).toBe(1);
  await expect.poll(received).toBe(taken);
  expect(await Promise.race([answer, sleep(100, "silence")])).toBe("silence");
  leaving.abort();
  expect(await answer).toBe("none");
});

it("waits before it answers", async () => {
  meta.setFaults([{ kind: "latency", ms: 120 }]);
  const started = performance.now();
  expect((await send("1")).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThanOrEqual(115);
});

it("refuses each batch that holds the poisoned event", async () => {
  meta.setFaults([{ kind: "reject_event", eventId: "2", subcode: 2804007 }]);
  expect((await send("1", "2")).body?.error).toMatchObject({ code: 100, error_subcode: 2804007 });
  expect((await send("1")).status).toBe(200);
  expect(received()).toBe(1);
});

it("leaves other datasets and other endpoints alone", async () => {
  meta.addDataset({ id: "2" });
  meta.addToken({ token, datasets: ["1", "2"] });
  meta.setFaults([{ kind: "down", dataset: "2" }]);
  expect((await send("1")).status).toBe(200);
  const debug = await fetch(`${meta.graphUrl}/v26.0/debug_token?input_token=${token}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(debug.status).toBe(200);
});

it("strikes the pixel and its script when told to", async () => {
  meta.setFaults([
    { kind: "reset", when: "after", scope: "tr" },
    { kind: "html", status: 503, scope: "fbevents" },
  ]);
  await expect(fetch(`${meta.trUrl}?id=1&ev=PageView`)).rejects.toThrow();
  expect(received()).toBe(1);
  expect((await fetch(meta.fbeventsUrl)).status).toBe(503);
  expect((await send("1")).status).toBe(200);
});

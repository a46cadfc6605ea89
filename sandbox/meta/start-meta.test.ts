import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  postEvents,
  readAnswer,
  type Posted,
  samplePurchase,
  type Purchase,
} from "#tests/setup/sandbox/post-events.ts";
import { startMeta, type MetaSandbox } from "./start-meta.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const HOUR = 3_600_000;
const DATASET = "1234567890";
let meta: MetaSandbox;
let token: string;

beforeAll(async () => {
  meta = await startMeta({ now: () => NOW });
});
afterAll(() => meta.close());
beforeEach(() => {
  meta.reset();
  meta.addDataset({ id: DATASET, name: "Shop" });
  token = meta.addToken({ datasets: [DATASET] });
});

/** A purchase of a minute ago, in the sandbox's time. */
const purchase = (id: string, changes: Purchase = {}): Purchase =>
  samplePurchase(id, Math.floor(meta.now() / 1000) - 60, changes);
const send = (data: unknown, envelope = {}): Promise<Posted> =>
  postEvents(meta, DATASET, token, data, envelope);
const errorOf = ({ status, body }: Posted): unknown => {
  const error = (body?.error ?? {}) as Record<string, unknown>;
  return [status, error.code, error.error_subcode ?? null];
};

describe("accepted events", () => {
  it("answers with what it received and a trace (meta.md 1.9)", async () => {
    const { status, body } = await send([purchase("1"), purchase("2")]);
    expect(status).toBe(200);
    expect(body).toEqual({ events_received: 2, messages: [], fbtrace_id: expect.stringMatching(/^A\w+/) });
  });

  it("counts the two copies of a purchase once and shows both", async () => {
    await send([purchase("923177")]);
    const hit = new URLSearchParams({
      id: DATASET,
      ev: "Purchase",
      eid: "923177",
      ts: String(NOW - 60_000),
      "cd[value]": "38.36",
      "cd[currency]": "USD",
      fbp: "fb.1.1596403881668.1116446470",
    });
    const image = await fetch(`${meta.trUrl}?${hit.toString()}`);
    expect([image.status, image.headers.get("content-type")]).toEqual([200, "image/gif"]);
    expect(meta.event(DATASET, "Purchase", "923177")).toMatchObject({
      counted: 1,
      kept: "browser",
      differences: [],
      copies: [
        { seq: 1, channel: "server", outcome: "counted", value: 38.36, currency: "USD" },
        { seq: 2, channel: "browser", outcome: "deduplicated", value: 38.36, eventTime: NOW / 1000 - 60 },
      ],
    });
    expect(meta.state().totals).toMatchObject({
      received: 2,
      browser: 1,
      server: 1,
      counted: 1,
      deduplicated: 1,
    });
  });

  it("counts a copy twice that comes more than 48 hours after the first", async () => {
    await send([purchase("1")]);
    meta.bendClock({ offsetMs: 48 * HOUR + 1 });
    await send([purchase("1")]);
    expect(meta.state().totals).toMatchObject({ counted: 2, doubled: 1 });
    expect(meta.event(DATASET, "Purchase", "1")?.counted).toBe(2);
  });

  it("keeps datasets and event names apart", async () => {
    meta.addDataset({ id: "2" });
    meta.addToken({ token, datasets: [DATASET, "2"] });
    await send([purchase("1"), purchase("1", { event_name: "Subscribe" })]);
    await postEvents(meta, "2", token, [purchase("1")]);
    expect(meta.state().totals).toMatchObject({ received: 3, counted: 3 });
  });

  it("counts test events for real (meta.md section 7)", async () => {
    await send([purchase("1")], { test_event_code: "TEST9" });
    expect(meta.state().totals).toMatchObject({ counted: 1, withTestCode: 1 });
    expect(meta.event(DATASET, "Purchase", "1")?.copies[0]?.testCode).toBe("TEST9");
  });

  it("takes nothing of a batch with one bad event", async () => {
    const answer = await send([purchase("1"), purchase("2", { event_time: NOW / 1000 - 8 * 86_400 })]);
    expect(errorOf(answer)).toEqual([400, 100, 2804003]);
    expect(meta.state().totals.received).toBe(0);
    expect(meta.state().datasets[0]?.refused).toEqual({ "100/2804003": 1 });
  });
});

describe("transport (meta.md 1.2)", () => {
  const url = (): string => `${meta.graphUrl}/v26.0/${DATASET}/events`;

  it.each<[string, () => Promise<Response>, string, number]>([
    [
      "a form with the token in the body",
      () =>
        fetch(url(), {
          method: "POST",
          body: new URLSearchParams({ data: JSON.stringify([purchase("1")]), access_token: token }),
        }),
      "body",
      0,
    ],
    [
      "a multipart form with the token in the URL",
      () => {
        const body = new FormData();
        body.set("data", JSON.stringify([purchase("1")]));
        return fetch(`${url()}?access_token=${token}`, { method: "POST", body });
      },
      "query",
      1,
    ],
    [
      "JSON with the token in the body",
      () =>
        fetch(url(), {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ data: [purchase("1")], access_token: token }),
        }),
      "body",
      0,
    ],
  ])("%s", async (_, call, from, inUrl) => {
    expect((await call()).status).toBe(200);
    expect(meta.requests()).toMatchObject([
      { tokenFrom: from, token: token.slice(-4), events: 1, status: 200 },
    ]);
    expect(meta.state().counters.tokensInUrl).toBe(inUrl);
    expect(JSON.stringify([meta.requests(), meta.state()])).not.toContain(token);
  });

  it.each(["{", "[]", '"text"'])("refuses a body of %s", async (body) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    expect(errorOf(await readAnswer(await fetch(url(), { method: "POST", headers, body })))).toEqual([
      400,
      100,
      null,
    ]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { postEvents, readAnswer } from "./post-events.ts";
import type { Posted } from "./post-events.ts";
import { samplePurchase } from "./sample-purchase.ts";
import type { Purchase } from "./sample-purchase.ts";
import { startMeta } from "./start-meta.ts";
import type { MetaSandbox } from "./start-meta.ts";

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
const get = async (path: string, bearer = token): Promise<Posted> =>
  readAnswer(await fetch(`${meta.graphUrl}${path}`, { headers: { authorization: `Bearer ${bearer}` } }));
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

describe("tokens, datasets and paths (meta.md section 6)", () => {
  it.each([
    ["an unparsable token", "nonsense", [401, 190, null]],
    ["an unknown token", "EAABcd1234567890", [400, 190, 467]],
  ])("%s", async (_, bearer, error) => {
    expect(errorOf(await postEvents(meta, DATASET, bearer, [purchase("1")]))).toEqual(error);
  });

  it.each([
    ["expired", [400, 190, 463]],
    ["password_changed", [400, 190, 460]],
    ["app_removed", [400, 190, 458]],
    ["checkpoint", [400, 190, 459]],
    ["invalidated", [400, 190, 467]],
    ["no_permission", [403, 200, null]],
  ] as const)("a token that is %s, until it is valid again", async (state, error) => {
    meta.addToken({ token, state });
    expect(errorOf(await send([purchase("1")]))).toEqual(error);
    meta.addToken({ token, state: "valid" });
    expect((await send([purchase("1")])).status).toBe(200);
  });

  it("a token whose time is over", async () => {
    meta.addToken({ token, expiresAt: NOW / 1000 });
    expect(errorOf(await send([purchase("1")]))).toEqual([400, 190, 463]);
  });

  it("no token", async () => {
    const answer = await readAnswer(
      await fetch(`${meta.graphUrl}/v26.0/${DATASET}/events`, { method: "POST" }),
    );
    expect(errorOf(answer)).toEqual([400, 104, null]);
  });

  it.each([
    ["a dataset the token may not write to", "2", [400, 100, 33]],
    ["a dataset that does not exist", "99", [400, 100, 33]],
    ["a name instead of an ID", "my-pixel", [404, 803, null]],
  ])("%s", async (_, dataset, error) => {
    meta.addDataset({ id: "2" });
    expect(errorOf(await postEvents(meta, dataset, token, [purchase("1")]))).toEqual(error);
  });

  it.each([
    [`/v26.0/${DATASET}`, [400, 100, null]],
    [`/v26.0/${DATASET}/stats`, [400, 100, null]],
    [`/v26.0/${DATASET}/ads_signal_diagnostic_issues`, [400, 100, null]],
    [`/v26.0/${DATASET}/dataset_quality`, [400, 2500, null]],
    [`/${DATASET}/events`, [400, 2635, null]],
    [`/v20.0/${DATASET}/events`, [400, 2635, null]],
    [`/v99.0/${DATASET}/events`, [400, 2500, null]],
    ["/v26.0/nothing/here", [400, 2500, null]],
  ])("GET %s", async (path, error) => expect(errorOf(await get(path))).toEqual(error));

  it("words an unknown key as recorded and never repeats a value", async () => {
    const { body, text } = await send([purchase("1", { user_data: { click_id: "mary@example.com" } })]);
    expect(body?.error).toMatchObject({
      message:
        "Server Side Api Parameter Error: Unexpected key \"click_id\" on param \"$['data'][0]['user_data']\"",
      type: "OAuthException",
      code: 100,
      is_transient: false,
    });
    expect(text).not.toContain("mary");
  });

  it("answers in the token's language", async () => {
    const old = [purchase("1", { event_time: NOW / 1000 - 8 * 86_400 })];
    const english = ((await send(old)).body?.error ?? {}) as Record<string, unknown>;
    expect(english.error_user_title).toBe("Event Timestamp Too Old");
    meta.addToken({ token, locale: "fr_FR" });
    const french = ((await send(old)).body?.error ?? {}) as Record<string, unknown>;
    expect(french.error_user_title).not.toBe(english.error_user_title);
    expect([french.code, french.error_subcode]).toEqual([english.code, english.error_subcode]);
  });

  it("lifts an expired version when told to, and says so in a header", async () => {
    const lifting = await startMeta({ now: () => NOW, expiredVersions: "upgrade" });
    lifting.addDataset({ id: "1" });
    const bearer = lifting.addToken({ datasets: ["1"] });
    const answer = await fetch(`${lifting.graphUrl}/v20.0/1/events`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` },
      body: JSON.stringify({ data: [purchase("1")] }),
    });
    expect([answer.status, answer.headers.has("x-ad-api-version-warning")]).toEqual([200, true]);
    await lifting.close();
  });
});

describe("debug_token (meta.md 5.1 and 7)", () => {
  const debug = async (input: string): Promise<unknown> =>
    (await get(`/v26.0/debug_token?input_token=${input}`)).body?.data;

  it("describes an Events Manager token", async () => {
    expect(await debug(token)).toMatchObject({
      type: "SYSTEM_USER",
      application: "Conversions API Application",
      is_valid: true,
      expires_at: 0,
      scopes: ["read_ads_dataset_quality"],
      granular_scopes: [{ scope: "read_ads_dataset_quality", target_ids: [DATASET] }],
    });
  });

  it("leaves target IDs out for tokens of the old kind", async () => {
    const old = meta.addToken({ datasets: [DATASET], granular: false });
    expect(await debug(old)).not.toHaveProperty("granular_scopes");
  });

  it.each([
    ["expired", 463],
    ["password_changed", 460],
  ] as const)("says that a token is %s", async (state, subcode) => {
    const other = meta.addToken({ datasets: [DATASET], state });
    expect(await debug(other)).toMatchObject({ is_valid: false, error: { code: 190, subcode } });
  });

  it("says that a token is none", async () => {
    expect(await debug("nonsense")).toMatchObject({ is_valid: false, error: { code: 190 } });
  });

  it("refuses a caller whose own token is bad", async () => {
    expect(errorOf(await get(`/v26.0/debug_token?input_token=${token}`, "nonsense"))).toEqual([
      401,
      190,
      null,
    ]);
  });
});

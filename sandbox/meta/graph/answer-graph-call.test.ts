import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  postEvents,
  readAnswer,
  type Posted,
  samplePurchase,
  type Purchase,
} from "#tests/setup/sandbox/post-events.ts";
import { startMeta, type MetaSandbox } from "../start-meta.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
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

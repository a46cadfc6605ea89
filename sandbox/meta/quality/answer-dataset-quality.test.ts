import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import {
  postEvents,
  readAnswer,
  type Posted,
  HASHED_EMAIL,
  samplePurchase,
} from "#tests/setup/sandbox/post-events.ts";
import { startMeta, type MetaSandbox } from "../start-meta.ts";

const NOW = Date.parse("2026-11-23T12:00:00Z");
const HOUR = 3_600_000;
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

const ask = async (fields: string, dataset = "1"): Promise<Posted> =>
  readAnswer(
    await fetch(
      `${meta.graphUrl}/v26.0/dataset_quality?${new URLSearchParams({ dataset_id: dataset, fields }).toString()}`,
      { headers: { authorization: `Bearer ${token}` } },
    ),
  );
const purchase = (id: string, user: object): object =>
  samplePurchase(id, NOW / 1000 - 60, { user_data: user });
const browser = (id: string): Promise<Response> =>
  fetch(`${meta.trUrl}?id=1&ev=Purchase&eid=${id}&fbp=fb.1.1596403881668.1116446470`);

describe("dataset_quality (meta.md section 5)", () => {
  it("is empty for an idle dataset", async () => {
    expect((await ask("web{event_name}")).body).toEqual({});
  });

  it("wants dedupe_key_feedback, as the documentation's table does not say", async () => {
    const { status, body } = await ask("web{event_name,dedup_key_feedback}");
    expect(status).toBe(400);
    expect(body?.error).toMatchObject({
      code: 100,
      message: "(#100) Tried accessing nonexisting field (dedup_key_feedback)",
    });
  });

  it("tells the share of server events that carry a key", async () => {
    const email = { em: HASHED_EMAIL };
    await postEvents(meta, "1", token, [
      purchase("1", { ...email, client_user_agent: "x" }),
      purchase("2", email),
      purchase("3", email),
      purchase("4", { external_id: "7" }),
    ]);
    const { body } = await ask(
      "web{event_name,event_match_quality{match_key_feedback{identifier,coverage}}}",
    );
    expect(body).toEqual({
      web: [
        {
          event_name: "Purchase",
          event_match_quality: {
            match_key_feedback: expect.arrayContaining([
              { identifier: "email", coverage: { percentage: 75 } },
              { identifier: "user_agent", coverage: { percentage: 25 } },
              { identifier: "external_id", coverage: { percentage: 25 } },
            ]) as unknown,
          },
        },
      ],
    });
  });

  it("scores an event higher the weightier its keys (meta.md 2.3)", async () => {
    const score = async (user: object): Promise<number> => {
      meta.reset("received");
      await postEvents(meta, "1", token, [purchase("1", user)]);
      const { body } = await ask("web{event_match_quality{composite_score}}");
      const { web } = body as { web: [{ event_match_quality: { composite_score: number } }] };
      return web[0].event_match_quality.composite_score;
    };
    const names = await score({ fn: HASHED_EMAIL, ln: HASHED_EMAIL });
    const phone = await score({ ph: HASHED_EMAIL, external_id: "7" });
    const email = await score({ em: HASHED_EMAIL, fbc: "fb.1.1554763741205.IwAR2" });
    expect([names, phone, email]).toEqual([...new Set([names, phone, email])].sort((a, b) => a - b));
    expect(email).toBeLessThanOrEqual(10);
  });

  it("tells by which keys the channels meet, and how much of the browser the server covers", async () => {
    await postEvents(meta, "1", token, [purchase("1", { em: HASHED_EMAIL })]);
    for (const id of ["1", "2"]) await browser(id);
    const { body } = await ask("web{dedupe_key_feedback,event_coverage{percentage,goal_percentage}}");
    expect(body).toEqual({
      web: [
        {
          event_coverage: { percentage: 50, goal_percentage: 75 },
          dedupe_key_feedback: [
            {
              dedupe_key: "event_id",
              browser_events_with_dedupe_key: { percentage: 100 },
              server_events_with_dedupe_key: { percentage: 100 },
              overall_browser_coverage_from_dedupe_key: { percentage: 50 },
            },
            {
              dedupe_key: "external_id",
              browser_events_with_dedupe_key: { percentage: 0 },
              server_events_with_dedupe_key: { percentage: 0 },
              overall_browser_coverage_from_dedupe_key: { percentage: 0 },
            },
            {
              dedupe_key: "fbp",
              browser_events_with_dedupe_key: { percentage: 100 },
              server_events_with_dedupe_key: { percentage: 0 },
              overall_browser_coverage_from_dedupe_key: { percentage: 0 },
            },
          ],
        },
      ],
    });
  });

  it("forgets the score after 48 hours and everything after 7 days", async () => {
    await postEvents(meta, "1", token, [purchase("1", { em: HASHED_EMAIL })]);
    const keys = async (): Promise<string[]> => {
      const { body } = await ask("web{event_name,event_match_quality,event_coverage}");
      return Object.keys(((body as { web?: object[] }).web ?? [])[0] ?? {});
    };
    expect(await keys()).toEqual(["event_name", "event_match_quality", "event_coverage"]);
    meta.bendClock({ offsetMs: 49 * HOUR });
    expect(await keys()).toEqual(["event_name", "event_coverage"]);
    meta.bendClock({ offsetMs: 8 * 24 * HOUR });
    expect(await keys()).toEqual([]);
  });

  it("leaves out what did not happen on a website: EMQ is for the web", async () => {
    const event = samplePurchase("1", NOW / 1000 - 60, { action_source: "physical_store" });
    await postEvents(meta, "1", token, [event]);
    expect((await ask("web{event_name}")).body).toEqual({});
  });

  it.each([
    ["without rights", { scopes: [] }, 100],
    ["for another dataset", { datasets: ["2"] }, 100],
    ["without permission", { state: "no_permission" as const }, 200],
  ])("refuses a token %s", async (_, change, code) => {
    meta.addToken({ token, ...change });
    expect((await ask("web{event_name}")).body?.error).toMatchObject({ code });
  });
});

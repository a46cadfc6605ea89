import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { postEvents, samplePurchase } from "#tests/setup/sandbox/post-events.ts";
import { startMeta, type MetaSandbox } from "../start-meta.ts";
import type { EventReport } from "./describe-state.ts";

let meta: MetaSandbox;

beforeAll(async () => {
  meta = await startMeta();
});
afterAll(() => meta.close());

const control = (name: string, body: string, type = "application/json"): Promise<Response> =>
  fetch(`${meta.url}/__control/${name}`, { method: "POST", headers: { "content-type": type }, body });

async function command(name: string, body: object): Promise<unknown> {
  const answer = await control(name, JSON.stringify(body));
  expect(answer.status, name).toBe(200);
  return answer.json();
}
const read = async (name: string): Promise<unknown> => (await fetch(`${meta.url}/__control/${name}`)).json();

/** The control API as another process sees it. */
const remote = {
  addDataset: (dataset: object) => command("datasets", dataset),
  addToken: async (token: object) => ((await command("tokens", token)) as { token: string }).token,
  setFaults: (faults: object[]) => command("faults", { faults }),
  addFault: (fault: object) => command("faults/add", { faults: [fault] }),
  bendClock: (change: object) => command("clock", change),
  state: () => read("state"),
  payloads: async () => (await read("payloads")) as unknown[],
  requests: async () => (await read("requests")) as { status: number }[],
  events: async (filter: Record<string, string>) => {
    const answer = await fetch(`${meta.url}/__control/events?${new URLSearchParams(filter).toString()}`);
    const lines = (await answer.text()).split("\n").filter((line) => line !== "");
    return lines.map((line) => JSON.parse(line) as EventReport);
  },
  reset: (what = "everything") => command("reset", { what }),
};

describe("the control API, as another process uses it", () => {
  it("seeds, bends time, breaks, reads and forgets", async () => {
    await remote.addDataset({ id: "1", name: "Shop" });
    const token = await remote.addToken({ datasets: ["1"], locale: "da_DK" });
    await remote.bendClock({ nowMs: Date.parse("2027-01-01T00:00:00Z"), rate: 0 });
    await remote.setFaults([{ kind: "html", times: 1 }]);
    await remote.addFault({ kind: "reject_event", eventId: "bad" });
    const event = samplePurchase("1", Date.parse("2026-12-31T23:59:00Z") / 1000);
    expect((await postEvents(meta, "1", token, [event])).status).toBe(502);
    expect((await postEvents(meta, "1", token, [event])).status).toBe(200);

    const state = await remote.state();
    expect(state).toMatchObject({
      now: Date.parse("2027-01-01T00:00:00Z"),
      totals: { received: 1, counted: 1 },
      datasets: [{ id: "1", name: "Shop", events: 1, byName: { Purchase: { server: 1 } } }],
      tokens: [{ ends: token.slice(-4), datasets: ["1"] }],
      faults: [{ struck: 1 }, { struck: 0 }],
      requests: 2,
    });
    expect(await remote.events({ dataset: "1", name: "Purchase", id: "1" })).toEqual(meta.events());
    expect((await remote.payloads())[0]).toMatchObject({ id: "1", payload: { event_id: "1" } });
    expect((await remote.requests()).map(({ status }) => status)).toEqual([502, 200]);

    await remote.reset("received");
    expect(await remote.state()).toMatchObject({
      totals: { received: 0 },
      datasets: [{ id: "1" }],
      requests: 0,
    });
    await remote.reset();
    expect(await remote.state()).toMatchObject({ datasets: [], tokens: [], faults: [] });
  });

  it("streams what it holds, however much", async () => {
    await remote.addDataset({ id: "2" });
    const token = await remote.addToken({ datasets: ["2"] });
    const now = Math.floor(Date.now() / 1000) - 5;
    for (let batch = 0; batch < 3; batch++) {
      const events = Array.from({ length: 1000 }, (_, index) => samplePurchase(`${batch}-${index}`, now));
      await postEvents(meta, "2", token, events);
    }
    const ids = (await remote.events({ dataset: "2" })).map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([3000, 3000]);
  });

  it.each([
    ["a misspelt fault", "faults", '{"faults":[{"kind":"htlm"}]}'],
    ["an unknown key", "faults", '{"faults":[{"kind":"html","time":1}]}'],
    ["a dataset that is no number", "datasets", '{"id":"shop"}'],
    ["no JSON", "clock", "{"],
  ])("refuses %s", async (_, name, body) => expect((await control(name, body)).status).toBe(400));

  it("takes no orders from a form on another site", async () => {
    expect((await control("reset", "{}", "text/plain")).status).toBe(415);
    expect((await control("nothing", "{}")).status).toBe(404);
  });
});

describe("the page", () => {
  it("runs its own script and no other", async () => {
    const answer = await fetch(meta.url);
    expect(answer.headers.get("content-security-policy")).toMatch(/script-src 'sha256-[^']+'/);
    expect(await answer.text()).toContain("Sandbox Meta");
  });

  it("shows both copies of an event, the latest event first", async () => {
    await remote.reset();
    await remote.addDataset({ id: "3" });
    const token = await remote.addToken({ datasets: ["3"] });
    const now = Math.floor(Date.now() / 1000) - 5;
    await postEvents(meta, "3", token, [samplePurchase("old", now), samplePurchase("new", now)]);
    await fetch(`${meta.trUrl}?id=3&ev=Purchase&eid=new`);
    await fetch(`${meta.trUrl}?id=3&ev=PageView`);
    const view = (await (await fetch(`${meta.url}/__control/view`)).json()) as {
      events: { id: string | null; copies: unknown[]; payloads: unknown[] }[];
    };
    expect(view.events.map(({ id, copies, payloads }) => [id, copies.length, payloads.length])).toEqual([
      [null, 1, 1],
      ["new", 2, 2],
      ["old", 1, 1],
    ]);
  });
});

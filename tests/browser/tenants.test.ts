import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { BROWSER_AGENT, startWorld, type World } from "#sandbox/start-world.ts";

import { createServerDatabase } from "#tests/setup/open-test-database.ts";

import { LATE, arrived, sendOrder } from "./admin-orders.ts";

/** One store has everything; the other is signed in, curious, and knows every ID. */
const OWNER = "tandem-demo.myshopify.com";
const STRANGER = "radhaus-berlin.myshopify.com";
const DATASET = "1234567890123456";
const DATASET_NAME = "Owners only";

let world: World;
let dropDatabase: () => Promise<void>;
let orderName: string;
let eventPath: string;
let datasetPath: string;

beforeAll(async () => {
  const { url, drop } = await createServerDatabase();
  dropDatabase = drop;
  world = await startWorld({ databaseUrl: url });
  await world.signIn(OWNER);
  await world.signIn(STRANGER);
  await world.connectDataset(OWNER, DATASET, DATASET_NAME);
  const order = await sendOrder(world, OWNER, { ...LATE, buyer: { email: "owned@example.com" } });
  orderName = String(order.payload.name);
  await arrived(world, DATASET, order);
  eventPath = await linkIn("/app/events", "/app/events/");
  datasetPath = await linkIn("/app/datasets", "/app/datasets/");
  await as(OWNER, "/app/test-events", { intent: "code", code: "TEST12345" });
});
afterAll(async () => {
  await world.close();
  await dropDatabase();
});

/** A page, or with a form an action, as the admin asks for it. */
async function as(shop: string, path: string, form?: Record<string, string>): Promise<Response> {
  return fetch(new URL(path, world.app.url), {
    ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
    redirect: "manual",
    headers: { "user-agent": BROWSER_AGENT, authorization: `Bearer ${await world.shopify.idToken(shop)}` },
  });
}

async function linkIn(page: string, prefix: string): Promise<string> {
  const html = await (await as(OWNER, page)).text();
  const [found] = [...html.matchAll(/href="([^"?]+)"/g)]
    .map((match) => match[1] ?? "")
    .filter((href) => href.startsWith(prefix) && /\d$/.test(href));
  if (found === undefined) throw new Error(`no link to ${prefix} on ${page}`);
  return found;
}

const data = (path: string, route: string) =>
  `${path}${path.includes("?") ? "&" : "?"}_data=${encodeURIComponent(`routes/${route}`)}`;

describe("a store that knows another’s IDs", () => {
  it("is told that the other’s event and dataset are not there, while their owner sees them", async () => {
    for (const path of [eventPath, datasetPath]) {
      expect((await as(OWNER, path)).status, path).toBe(200);
      const strange = await as(STRANGER, path);
      expect(strange.status, path).toBe(404);
      expect(await strange.text()).not.toContain(DATASET);
    }
  });

  it("finds nothing of it on any page, whatever the address asks for", async () => {
    const dataset = datasetPath.split("/").at(-1) ?? "";
    const event = eventPath.split("/").at(-1) ?? "";
    const pages = [
      "/app",
      `/app?dataset=${dataset}`,
      "/app/events",
      `/app/events?dataset=${dataset}`,
      `/app/events?q=${encodeURIComponent(orderName)}`,
      `/app/events?after=${BigInt(event) + 1n}`,
      `/app/events?before=${BigInt(event) - 1n}`,
      "/app/datasets",
      "/app/settings",
      "/app/test-events",
      "/app/privacy",
    ];
    for (const page of pages) {
      const response = await as(STRANGER, page);
      const html = await response.text();
      expect(response.status, page).toBe(200);
      expect(html.includes(DATASET_NAME) || html.includes(DATASET), page).toBe(false);
      // The order's link, not its name: a page repeats what its own visitor searched for.
      expect(html.includes(eventPath), page).toBe(false);
      expect(html.includes("TEST12345"), page).toBe(false);
    }
    // The same questions do find it for its owner: otherwise this test could not fail.
    expect(await (await as(OWNER, `/app/events?q=${encodeURIComponent(orderName)}`)).text()).toContain(
      eventPath,
    );
  });

  it("exports none of it", async () => {
    const mine = await (await as(OWNER, "/app/events/csv")).text();
    const strange = await (await as(STRANGER, "/app/events/csv")).text();
    expect(mine).toContain(DATASET_NAME);
    expect(strange.trim().split("\r\n")).toHaveLength(1);
  });

  it.each(["rename", "pause", "disconnect", "check", "token"])(
    "cannot %s the other’s dataset",
    async (intent) => {
      const form = { intent, name: "Stolen", token: `EAA${"x".repeat(40)}` };
      const response = await as(STRANGER, data(datasetPath, "app.datasets.$id"), form);
      expect(response.status).toBe(404);
      const html = await (await as(OWNER, datasetPath)).text();
      expect(html).toContain(DATASET_NAME);
      expect(html).toContain("Active: orders go here from the server");
    },
  );

  it("cannot send the other’s event again, nor test on its dataset", async () => {
    const own = await (await as(OWNER, data(eventPath, "app.events.$id"))).json();
    const delivery = (own as { event: { deliveries: { id: string }[] } }).event.deliveries[0]?.id ?? "";
    const resent = await as(STRANGER, data(eventPath, "app.events.$id"), { delivery });
    expect(await resent.json()).toMatchObject({ kind: "problem" });
    await as(STRANGER, data("/app/test-events", "app.test-events"), { intent: "code", code: "TEST777" });
    const tested = await as(STRANGER, data("/app/test-events", "app.test-events"), {
      intent: "start",
      dataset: datasetPath.split("/").at(-1) ?? "",
    });
    expect(await tested.json()).toMatchObject({ kind: "problem" });
  });
});

import { once } from "node:events";
import { connect } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { BROWSER_AGENT, startWorld, type World } from "#sandbox/start-world.ts";
import { createWorkerProcess } from "#tests/drill/worker-process.ts";
import { runNode } from "#tests/setup/run-process.ts";
import { APP_PROCESS } from "../../scripts/ensure-build.ts";

const SHOP = "tandem-demo.myshopify.com";
const METRICS_TOKEN = "process-lifecycle-metrics";

/** The process as an operator meets it: `npm start`, its exit codes, its words, its signals. */
describe("the process", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ webhookTimeScale: 0.001, environment: { METRICS_TOKEN } });
    await world.signIn(SHOP);
  });
  afterAll(() => world.close());

  it("refuses to start with a line for each variable that is missing or malformed", async () => {
    const { status, stderr } = await runNode([APP_PROCESS], { PORT: "http", APP_ENCRYPTION_KEY: "x" });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^ {2}SHOPIFY_API_KEY is missing/m);
    expect(stderr).toMatch(/^ {2}PORT must be a whole number/m);
    expect(stderr).not.toMatch(/\bat .*\.ts:\d+/);
  });

  it("refuses to start when its key is no key, and says how to make one", async () => {
    const { status, stderr } = await runNode([APP_PROCESS], {
      ...world.app.environment,
      APP_ENCRYPTION_KEY: "short",
      PORT: "0",
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/APP_ENCRYPTION_KEY must be 32 bytes in base64/);
  });

  it("says that it is well, keeps its metrics to itself and serves pages to browsers only in frames of the admin", async () => {
    expect((await fetch(`${world.app.url}/readyz`)).status).toBe(200);
    expect((await fetch(`${world.app.url}/metrics`)).status).toBe(401);
    const page = await fetch(await world.shopify.launchUrl(SHOP, "/app"), {
      headers: { "user-agent": BROWSER_AGENT },
    });
    expect(page.headers.get("content-security-policy")).toContain(
      `frame-ancestors https://${SHOP} https://admin.shopify.com`,
    );
    const nobody = await fetch(world.app.url, { headers: { "user-agent": BROWSER_AGENT } });
    expect(nobody.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(nobody.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("gives a link the frame's parameters of the page before it once, and never again", async () => {
    const ask = (path: string, from: string) =>
      fetch(`${world.app.url}${path}`, {
        redirect: "manual",
        headers: { "user-agent": BROWSER_AGENT, referer: from },
      });
    const before = `${world.app.url}/app?shop=${SHOP}&host=bm8tYWRtaW4&id_token=secret`;
    const first = await ask("/app/datasets/new", before);
    expect(first.headers.get("location")).toBe(`/app/datasets/new?shop=${SHOP}&host=bm8tYWRtaW4`);
    // That is no address of an admin: refused once, it is not tried again.
    const second = await ask(first.headers.get("location") ?? "", before);
    expect(second.headers.get("location")).toBe("/auth/login");
    const foreign = await ask("/app/datasets/new", before.replace(world.app.url, "https://evil.example"));
    expect(foreign.headers.get("location")).toBe("/auth/login");
  });

  it("tells a scraper of its memory and its event loop, beside what the app counts", async () => {
    const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
    const text = await (await fetch(`${world.app.url}/metrics`, { headers })).text();
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect(text).toMatch(/^tandem_waiting_polls 0$/m);
  });

  it("answers nonsense without a stack trace", async () => {
    for (const path of ["/nope", "/assets/nope.js", "/app/%E0%A4%A", "/webhooks/orders/unpaid"]) {
      const response = await fetch(world.app.url + path, { headers: { "user-agent": BROWSER_AGENT } });
      const text = await response.text();
      expect(response.status, path).toBeGreaterThanOrEqual(400);
      expect(response.status, path).toBeLessThan(500);
      expect(text).not.toMatch(/\bat .*:\d+:\d+/);
    }
  });

  it("drops a client that sends its headers a byte at a time", async () => {
    const socket = connect(Number(new URL(world.app.url).port), "localhost");
    await once(socket, "connect");
    socket.write("GET / HTTP/1.1\r\nHost: x\r\n");
    const begun = performance.now();
    const drip = setInterval(() => socket.write("X"), 1_000);
    socket.on("error", () => undefined);
    await new Promise((resolve) => socket.once("close", resolve));
    clearInterval(drip);
    // After 10 s, looked at every 5 s; Node by itself allows 60 s.
    expect(performance.now() - begun).toBeLessThan(55_000);
  });

  it("stops on SIGTERM with every accepted order kept", async () => {
    const orders = Array.from({ length: 40 }, () =>
      world.shopify.placeOrder(SHOP, { kind: "web", country: "US" }),
    );
    const sent = Promise.all(orders.map((record) => world.shopify.sendPaid(SHOP, record)));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await world.app.stop()).toBe(0);
    expect(world.app.lines.at(-1)).toContain('"stopped"');
    await world.app.start();
    await sent;
    const again = await Promise.all(orders.map((record) => world.shopify.sendPaid(SHOP, record)));
    expect(again.every((outcome) => outcome.kind === "delivered")).toBe(true);
  });

  it("starts again at once after kill -9", async () => {
    await world.app.kill();
    await world.app.start();
    expect((await fetch(`${world.app.url}/readyz`)).status).toBe(200);
  });

  it("runs as a worker alone, and stops", async () => {
    await world.app.stop();
    const worker = createWorkerProcess(world.app.environment);
    await worker.start();
    expect(await worker.stop()).toBe(0);
    await world.app.start();
  });
});

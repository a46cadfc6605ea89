import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { readAppFile } from "../app-files.ts";
import { retryDelays, WebhookSender } from "./send-webhooks.ts";

const SECRET = "shpss_secret";
const SHOP = "a.myshopify.com";
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An app that answers the given statuses in turn, the last one for ever; 0 never answers. */
async function appThatAnswers(statuses: number[], options: { timeScale?: number; patience?: number } = {}) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const status = statuses[Math.min(received.length, statuses.length - 1)] ?? 200;
      received.push({
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      if (status !== 0) response.writeHead(status, { location: "/elsewhere" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const sender = new WebhookSender({
    appUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secret: SECRET,
    apiVersion: "2026-10",
    subscriptions: readAppFile().subscriptions,
    now: Date.now,
    timeScale: options.timeScale ?? 0.000001,
    ...(options.patience === undefined ? {} : { patience: options.patience }),
  });
  closers.push(async () => {
    await sender.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { sender, received };
}

const PAID = { topic: "orders/paid", shop: SHOP, body: '{"id":820982911946154508}' };

describe("the webhook sender", () => {
  it("signs the raw body and sends every header that Shopify sends", async () => {
    const { sender, received } = await appThatAnswers([200]);
    expect(await sender.send(PAID)).toEqual({ kind: "delivered", attempts: 1, status: 200 });
    const { path, headers, body } = received[0] ?? { path: "", headers: {}, body: "" };
    expect(path).toBe("/webhooks/orders/paid");
    expect(body).toBe(PAID.body);
    expect(headers["x-shopify-hmac-sha256"]).toBe(
      createHmac("sha256", SECRET).update(PAID.body).digest("base64"),
    );
    expect(headers["x-shopify-topic"]).toBe("orders/paid");
    expect(headers["x-shopify-shop-domain"]).toBe(SHOP);
    expect(headers["x-shopify-api-version"]).toBe("2026-10");
    expect(headers["x-shopify-webhook-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers["x-shopify-event-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers["x-shopify-triggered-at"]).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it("retries eight times over four hours, then gives up", async () => {
    const delays = retryDelays(1);
    expect(delays).toHaveLength(8);
    expect(delays.reduce((sum, delay) => sum + delay, 0)).toBeCloseTo(4 * 3_600_000, 3);
    const { sender, received } = await appThatAnswers([500]);
    expect(await sender.send(PAID)).toEqual({ kind: "gave_up", attempts: 9, status: 500 });
    expect(new Set(received.map(({ headers }) => headers["x-shopify-webhook-id"])).size).toBe(1);
    expect(new Set(received.map(({ headers }) => headers["x-shopify-triggered-at"])).size).toBe(1);
    expect(sender.stats).toMatchObject({
      sent: 9,
      ok: 0,
      failed: 9,
      retried: 8,
      gaveUp: 1,
      statuses: { 500: 9 },
    });
  });

  it("takes a redirect for a failure and does not follow it", async () => {
    const { sender, received } = await appThatAnswers([302, 200]);
    expect(await sender.send(PAID)).toEqual({ kind: "delivered", attempts: 2, status: 200 });
    expect(received.map(({ path }) => path)).toEqual(["/webhooks/orders/paid", "/webhooks/orders/paid"]);
  });

  it("takes silence for a failure", async () => {
    const { sender } = await appThatAnswers([0, 200], { patience: 0.1 });
    expect(await sender.send(PAID)).toMatchObject({ kind: "delivered", status: 200 });
    // Once, or more often on a machine that needs longer than that for any answer.
    expect(sender.stats.statuses["timeout"]).toBeGreaterThan(0);
    expect(sender.stats.statuses["200"]).toBe(1);
  });

  it("repeats with the same or with new webhook IDs, always of one event", async () => {
    const { sender, received } = await appThatAnswers([200]);
    await sender.send(PAID, { duplicates: 3 });
    await sender.send({ ...PAID, body: "{}" }, { duplicates: 3, duplicatesGetNewId: true });
    await sender.idle();
    const ids = (body: string, header: string) =>
      new Set(received.filter((each) => each.body === body).map(({ headers }) => headers[header])).size;
    expect(received).toHaveLength(8);
    expect(ids(PAID.body, "x-shopify-webhook-id")).toBe(1);
    expect(ids("{}", "x-shopify-webhook-id")).toBe(4);
    expect(ids("{}", "x-shopify-event-id")).toBe(1);
  });

  it("forges badly and loses silently when asked to", async () => {
    const { sender, received } = await appThatAnswers([401]);
    expect(await sender.send(PAID, { badSignature: true })).toEqual({ kind: "refused", status: 401 });
    expect(await sender.send(PAID, { lost: true })).toEqual({ kind: "lost" });
    expect(received).toHaveLength(1);
    expect(received[0]?.headers["x-shopify-hmac-sha256"]).not.toBe(
      createHmac("sha256", SECRET).update(PAID.body).digest("base64"),
    );
  });

  it("keeps to its subscriptions", async () => {
    const { sender } = await appThatAnswers([200]);
    expect(await sender.send({ ...PAID, topic: "orders/create" })).toEqual({ kind: "no_subscription" });
  });
});

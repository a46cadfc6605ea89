import { once } from "node:events";
import { request as httpRequest, Agent } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { withOwnShopId } from "#sandbox/shopify/orders/order-json.ts";
import { API_SECRET, startWorld, type World } from "#sandbox/start-world.ts";
import { orderBody, webhookRequest } from "#tests/security/webhook-desk.ts";
import { openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

import { ensureBuild } from "../../scripts/ensure-build.ts";

const SHOP = "tandem-demo.myshopify.com";

/**
 * `orders/paid` is answered before express and Remix (docs/decisions/0810). With a query the same address goes the long
 * way, so that both can be asked the same and must say the same.
 */
describe("the short way of orders/paid", () => {
  let test: TestDatabase;
  let world: World;
  let orders = 6_700_000_000_000;

  beforeAll(async () => {
    ensureBuild();
    test = await openTestDatabase("server");
    world = await startWorld({ databaseUrl: test.url });
    await world.signIn(SHOP);
  }, 300_000);
  afterAll(async () => {
    await world.close();
    await test.destroy();
  });

  const nextOrder = (more: Record<string, unknown> = {}): string => {
    orders += 1;
    return withOwnShopId(orderBody(String(orders), Date.now() - 60_000, more), world.shopify.store(SHOP).id);
  };
  const stored = () => test.database.prisma.conversion.count({ where: { sourceKey: String(orders) } });
  const ask = async (query: string, body: string, headers: Record<string, string>, method = "POST") => {
    const signed = webhookRequest("orders/paid", SHOP, body, headers, {
      origin: world.app.url,
      secret: API_SECRET,
    });
    const answer = await fetch(`${world.app.url}/webhooks/orders/paid${query}`, {
      method,
      headers: signed.headers,
      ...(method === "POST" && { body }),
    });
    const { date: _date, "x-request-id": id, ...others } = Object.fromEntries(answer.headers);
    // Another one each time.
    return { status: answer.status, headers: others, hasId: id?.length === 36, body: await answer.text() };
  };

  it.each<[string, number, () => string, Record<string, string>, string?]>([
    ["a paid order", 200, () => nextOrder(), {}],
    ["one that is not paid", 200, () => nextOrder({ financial_status: "pending" }), {}],
    [
      "a signature of something else",
      401,
      () => nextOrder(),
      { "x-shopify-hmac-sha256": `${"A".repeat(43)}=` },
    ],
    ["a signature of no form", 401, () => nextOrder(), { "x-shopify-hmac-sha256": "no" }],
    ["no signature", 400, () => nextOrder(), { "x-shopify-hmac-sha256": "" }],
    ["no webhook ID", 400, () => nextOrder(), { "x-shopify-webhook-id": "" }],
    ["a shop of no form", 400, () => nextOrder(), { "x-shopify-shop-domain": "shop.example.com" }],
    ["another topic", 422, () => nextOrder(), { "x-shopify-topic": "orders/create" }],
    ["what is no JSON", 422, () => "{", {}],
    ["an empty body", 400, () => "", {}],
    ["what is no order", 422, () => "{}", {}],
    ["a cookie of 9 kB", 431, () => nextOrder(), { cookie: "a".repeat(9_000) }],
  ])("answers as the long way does: %s", async (_name, status, body, headers) => {
    const both = [await ask("", body(), headers), await ask("?long", body(), headers)];
    expect(both[0]?.status).toBe(status);
    expect(both[0]).toEqual(both[1]);
    expect(both[0]?.hasId).toBe(true);
  });

  it("answers what is no POST as the long way does", async () => {
    for (const method of ["GET", "HEAD", "PUT", "DELETE"])
      expect(await ask("", "", {}, method), method).toEqual(await ask("?long", "", {}, method));
  });

  it("takes a body in many pieces", async () => {
    const body = nextOrder();
    const { headers } = webhookRequest(
      "orders/paid",
      SHOP,
      body,
      {},
      { origin: world.app.url, secret: API_SECRET },
    );
    const outgoing = httpRequest(`${world.app.url}/webhooks/orders/paid`, {
      method: "POST",
      headers: Object.fromEntries(headers),
    });
    const answered = once(outgoing, "response");
    for (let at = 0; at < body.length; at += 1_000) {
      outgoing.write(body.slice(at, at + 1_000));
      await sleep(1);
    }
    outgoing.end();
    const [answer] = (await answered) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect(answer.statusCode).toBe(200);
    expect(await stored()).toBe(1);
  });

  it("answers the next request of a connection whose body it did not read", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = (body: string, headers: Record<string, string>) =>
      new Promise<number>((resolve, reject) => {
        const outgoing = httpRequest(`${world.app.url}/webhooks/orders/paid`, {
          method: "POST",
          headers,
          agent,
        });
        outgoing.on("response", (answer) => {
          answer.resume().on("end", () => resolve(answer.statusCode ?? 0));
        });
        outgoing.on("error", reject);
        outgoing.end(body);
      });
    const body = nextOrder();
    const { headers } = webhookRequest(
      "orders/paid",
      SHOP,
      body,
      {},
      { origin: world.app.url, secret: API_SECRET },
    );
    expect(await send("x".repeat(3_000_000), { "x-shopify-hmac-sha256": "no" })).toBe(401);
    expect(await send(body, Object.fromEntries(headers))).toBe(200);
    agent.destroy();
  });

  it("stores nothing of a sender that goes away halfway, and lives on", async () => {
    const body = nextOrder();
    const { headers } = webhookRequest(
      "orders/paid",
      SHOP,
      body,
      {},
      { origin: world.app.url, secret: API_SECRET },
    );
    const { port, hostname } = new URL(world.app.url);
    const socket = connect(Number(port), hostname);
    const head = [...headers].map(([name, value]) => `${name}: ${value}`).join("\r\n");
    socket.write(
      `POST /webhooks/orders/paid HTTP/1.1\r\nhost: x\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${head}\r\n\r\n${body.slice(0, 500)}`,
    );
    await sleep(50);
    socket.destroy();
    expect((await ask("", nextOrder(), {})).status).toBe(200);
    expect(await test.database.prisma.conversion.count({ where: { sourceKey: String(orders - 1) } })).toBe(0);
  });
});

/** The web pixel's events take the same short way; a query makes the same request go through Remix. */
describe("the short way of the pixel's events", () => {
  let test: TestDatabase;
  let world: World;
  beforeAll(async () => {
    ensureBuild();
    test = await openTestDatabase("server");
    world = await startWorld({ databaseUrl: test.url, environment: { TRUSTED_PROXIES: "1" } });
    await world.signIn(SHOP);
    await world.connectDataset(SHOP, "1234567890123477");
  }, 300_000);
  afterAll(async () => {
    await world.close();
    await test.destroy();
  });

  let events = 0;
  const report = (more: object = {}): string => {
    events += 1;
    const time = Date.now();
    return JSON.stringify({
      v: 1,
      shop: SHOP,
      sentAt: time,
      consent: { marketing: true },
      visitors: [{ fbp: `fb.1.${time - 1_000}.1098115397` }],
      events: [{ name: "AddToCart", id: `sh-${events}`, time, outcome: "sent", visitor: 0, parameters: {} }],
      ...more,
    });
  };
  /** Asks once more, as a browser does, where the process has too much to do on a busy machine and leaves the event out. */
  const ask = async (query: string, init: RequestInit) => {
    for (;;) {
      const answer = await fetch(`${world.app.url}/pixel/events${query}`, init);
      const { date: _date, "transfer-encoding": _transfer, ...headers } = Object.fromEntries(answer.headers);
      const body = await answer.text();
      if (answer.status !== 503 && !body.includes('"shed":1'))
        return { status: answer.status, body, cors: headers["access-control-allow-origin"] };
      await sleep(200);
    }
  };

  it.each<[string, number, () => RequestInit]>([
    ["an event", 202, () => ({ method: "POST", body: report() })],
    ["no consent", 204, () => ({ method: "POST", body: report({ consent: {} }) })],
    ["no report", 400, () => ({ method: "POST", body: "{}" })],
    [
      "another site",
      403,
      () => ({ method: "POST", body: report(), headers: { origin: "https://evil.example" } }),
    ],
    ["another media type", 415, () => ({ method: "POST", body: new URLSearchParams({ a: "1" }) })],
    ["a body too long", 413, () => ({ method: "POST", body: " ".repeat(48_001) })],
    ["a preflight", 204, () => ({ method: "OPTIONS", headers: { origin: "null" } })],
    ["another method", 405, () => ({ method: "GET" })],
  ])("answers %s as the long way does: %i", async (_, status, init) => {
    const both = [await ask("", init()), await ask("?long", init())];
    expect(both[0]?.status).toBe(status);
    expect(both[0]).toEqual(both[1]);
    expect(both[0]?.cors).toBe("*");
  });

  it("knows the caller's address behind the proxy, and Meta has the event within seconds", async () => {
    const before = events;
    await ask("", {
      method: "POST",
      body: report(),
      headers: { "x-forwarded-for": "203.0.113.200, 198.51.100.44" },
    });
    const id = `sh-${before + 1}`;
    await expect
      .poll(() => world.meta.payloads().find(({ payload }) => JSON.stringify(payload).includes(`"${id}"`)))
      .toMatchObject({
        payload: { event_name: "AddToCart", user_data: { client_ip_address: "198.51.100.44" } },
      });
    await expect
      .poll(async () => (await test.database.prisma.funnelEvent.findFirst({ where: { eventId: id } }))?.state)
      .toBe("delivered");
  });
});

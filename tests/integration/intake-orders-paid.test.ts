import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

import { beforeAll, beforeEach, describe, expect, it } from "vitest";

import { receiveOrdersPaid } from "#app/intake/receive-orders-paid.server.ts";
import { hashCheckoutToken } from "#app/conversions/order/checkout-token.ts";
import { createIntake } from "#app/intake/take-in-order.server.ts";
import { systemClock } from "#app/platform/process/clock.ts";
import { readEnvironment } from "#app/platform/process/environment.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createMetrics } from "#app/platform/process/metrics.server.ts";
import { createRefuseWebhook } from "#app/stores/shopify/refuse-webhook.server.ts";
import { createVerifyWebhook } from "#app/stores/shopify/verify-webhook.server.ts";
import { DATABASE_KINDS, openTestDatabase } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const SECRET = "webhook-secret";
const SHOP = "intake.myshopify.com";
const FIXTURE = readFileSync("tests/orders/01_web_usd_discount_fbp_noteattrs.json", "utf8");

const environment = readEnvironment({
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: SECRET,
  SHOPIFY_APP_URL: "https://tandem.example.com",
  APP_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
});
if (!environment.ok) throw new Error(environment.problems.join());
const verifyWebhook = createVerifyWebhook(environment.environment);
const log = createLog("silent");
const metrics = createMetrics();
const refuseWebhook = createRefuseWebhook({ log, metrics });

function webhook(body: string | Buffer, headers: Record<string, string> = {}): Request {
  return new Request("https://tandem.example.com/webhooks/orders/paid", {
    method: "POST",
    body: typeof body === "string" ? body : new Uint8Array(body),
    headers: {
      "x-shopify-topic": "orders/paid",
      "x-shopify-shop-domain": SHOP,
      "x-shopify-api-version": "2026-10",
      "x-shopify-webhook-id": randomUUID(),
      "x-shopify-hmac-sha256": createHmac("sha256", SECRET).update(body).digest("base64"),
      ...headers,
    },
  });
}

const without = (request: Request, header: string): Request => {
  request.headers.delete(header);
  return request;
};

/** The fixture as an order paid just now, under another ID. */
function freshOrder(id: string, more: Record<string, unknown> = {}): string {
  const now = new Date().toISOString();
  const order: Record<string, unknown> = {
    ...(JSON.parse(FIXTURE) as object),
    processed_at: now,
    created_at: now,
    updated_at: now,
    ...more,
  };
  return JSON.stringify({ ...order, id: "ID" }).replace('"ID"', id);
}

describe.each(DATABASE_KINDS)("orders/paid on the %s database", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);
  let receive: (request: Request) => Promise<number>;

  beforeAll(async () => {
    const intake = createIntake({
      database: store.database,
      clock: systemClock,
      log,
      webhookMs: 60_000,
    });
    const deps = { verifyWebhook, refuseWebhook, intake, log, metrics };
    receive = async (request) => (await receiveOrdersPaid(deps, request)).status;
  });
  beforeEach(async () => {
    const { prisma } = store.database;
    await prisma.store.deleteMany();
    await prisma.store.create({
      data: {
        shop: SHOP,
        datasets: {
          create: [
            { datasetId: "111" },
            { datasetId: "222", state: "paused" },
            { datasetId: "333", state: "disconnected" },
          ],
        },
      },
    });
    await prisma.store.create({ data: { shop: "gone.myshopify.com", state: "uninstalled" } });
  });
  const counts = async () => ({
    conversions: await store.database.prisma.conversion.count(),
    deliveries: await store.database.prisma.delivery.count(),
  });

  it("stores one conversion, hashed, with a delivery for each dataset that is connected", async () => {
    expect(await receive(webhook(freshOrder("6100000000001")))).toBe(200);
    const [conversion] = await store.database.prisma.conversion.findMany({ include: { deliveries: true } });
    expect(conversion).toMatchObject({
      orderId: "6100000000001",
      orderNumber: "923177",
      eventId: "923177",
      source: "web",
      currency: "USD",
    });
    expect(conversion?.value?.toString()).toBe("38.36");
    expect(conversion?.checkoutTokenHash).toBe(hashCheckoutToken("00000000000000000000000000000001"));
    expect(conversion?.deliveries.map((delivery) => delivery.state)).toEqual(["due", "due"]);
    const stored = JSON.stringify(conversion, (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const raw of [
      "buyer@example.com",
      "OTHER.BUYER",
      "Doe",
      "5550100",
      "Example St",
      "Arlington",
      '00000000000000000000000000000001"',
    ]) {
      expect(stored).not.toContain(raw);
    }
  });

  it("is one conversion however often, in parallel, with the same or another webhook ID, and days later", async () => {
    const body = freshOrder("6100000000002");
    const same = randomUUID();
    const statuses = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        receive(webhook(body, index % 2 ? { "x-shopify-webhook-id": same } : {})),
      ),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await receive(webhook(freshOrder("6100000000002", { updated_at: "2099-01-01T00:00:00Z" })))).toBe(
      200,
    );
    expect(await counts()).toEqual({ conversions: 1, deliveries: 2 });
  });

  it("keeps apart what differs only past the 53rd bit of the order ID", async () => {
    await receive(webhook(freshOrder("9007199254740993")));
    await receive(webhook(freshOrder("9007199254740992")));
    const ids = (await store.database.prisma.conversion.findMany()).map((row) => row.orderId).sort();
    expect(ids).toEqual(["9007199254740992", "9007199254740993"]);
  });

  it("writes a hundred orders that come at once, each with its deliveries", async () => {
    const statuses = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        receive(webhook(freshOrder(String(7_000_000_000_000 + index)))),
      ),
    );
    expect(statuses.every((status) => status === 200)).toBe(true);
    expect(await counts()).toEqual({ conversions: 100, deliveries: 200 });
  });

  it("keeps a test order as an explained skip, without the buyer's address and browser", async () => {
    await receive(webhook(freshOrder("6100000000003", { test: true })));
    const [conversion] = await store.database.prisma.conversion.findMany({ include: { deliveries: true } });
    expect(conversion?.deliveries.map((delivery) => [delivery.state, delivery.skipReason])).toEqual([
      ["skipped", "test_order"],
      ["skipped", "test_order"],
    ]);
    expect([conversion?.clientIp, conversion?.clientUserAgent]).toEqual([null, null]);
  });

  it("waits for the browser only in a store whose web pixel is connected, and never for a late payment", async () => {
    await store.database.prisma.store.updateMany({
      where: { shop: SHOP },
      data: { webPixelState: "connected", reportWaitSeconds: 20 },
    });
    await receive(webhook(freshOrder("6100000000004")));
    await receive(
      webhook(
        freshOrder("6100000000005", { processed_at: new Date(Date.now() - 3 * 86_400_000).toISOString() }),
      ),
    );
    const rows = await store.database.prisma.delivery.findMany({
      where: { dataset: { datasetId: "111" } },
      include: { conversion: true },
    });
    const states = Object.fromEntries(rows.map((row) => [row.conversion.orderId, row.state]));
    expect(states).toEqual({ "6100000000004": "waiting", "6100000000005": "due" });
  });

  it.each([
    [
      "a wrong signature",
      () => webhook(FIXTURE, { "x-shopify-hmac-sha256": Buffer.alloc(32).toString("base64") }),
      401,
    ],
    ["a signature that is none", () => webhook(FIXTURE, { "x-shopify-hmac-sha256": "x" }), 401],
    [
      "a missing signature before the body is read, however large it is",
      () => without(webhook("0".repeat(5_000_000)), "x-shopify-hmac-sha256"),
      400,
    ],
    ["a missing signature", () => without(webhook(FIXTURE), "x-shopify-hmac-sha256"), 400],
    ["a missing shop", () => without(webhook(FIXTURE), "x-shopify-shop-domain"), 400],
    ["a missing webhook ID", () => without(webhook(FIXTURE), "x-shopify-webhook-id"), 400],
    ["an empty body", () => webhook(""), 400],
    ["what is not JSON", () => webhook("order 1001"), 422],
    ["an array", () => webhook("[]"), 422],
    ["an order without an ID", () => webhook('{"order_number":1001}'), 422],
    ["an order whose ID is not a number", () => webhook('{"id":"gid"}'), 422],
    ["nesting without end", () => webhook("[".repeat(200_000)), 422],
    ["11 MB of zeros", () => webhook("0".repeat(11_000_000)), 413],
    ["bytes that are not UTF-8", () => webhook(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])), 400],
    [
      "a shop domain that is none",
      () => webhook(FIXTURE, { "x-shopify-shop-domain": "evil.example.com" }),
      400,
    ],
    ["GET", () => new Request("https://tandem.example.com/webhooks/orders/paid"), 405],
  ])("refuses %s", async (_name, request, status) => {
    expect(await receive(request())).toBe(status);
    expect(await counts()).toEqual({ conversions: 0, deliveries: 0 });
  });

  it.each(["nobody.myshopify.com", "gone.myshopify.com"])(
    "thanks for an order of %s and keeps nothing",
    async (shop) => {
      expect(await receive(webhook(FIXTURE, { "x-shopify-shop-domain": shop }))).toBe(200);
      expect(await counts()).toEqual({ conversions: 0, deliveries: 0 });
    },
  );
});

describe("orders/paid with the database away", () => {
  it("answers 503, so that Shopify sends the order again", async () => {
    const test = await openTestDatabase("server");
    const intake = createIntake({ database: test.database, clock: systemClock, log });
    await test.destroy();
    const answer = await receiveOrdersPaid(
      { verifyWebhook, refuseWebhook, intake, log, metrics },
      webhook(FIXTURE),
    );
    expect(answer.status).toBe(503);
  });
});

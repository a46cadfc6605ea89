import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { createMetrics } from "#app/platform/metrics.server.ts";
import { ADMIN_API_VERSION } from "#app/shopify.server.ts";
import { installStore } from "#app/stores/install-store.server.ts";
import { receiveAppUninstalled } from "#app/stores/receive-app-webhooks.server.ts";
import { createVerifyWebhook } from "#app/stores/verify-webhook.server.ts";
import { openWebhookDesk, testEnvironment, webhookRequest } from "#tests/security/webhook-desk.ts";
import { DATABASE_HOMES, openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

const SHOP = "leaving.myshopify.com";
const START = Date.parse("2026-11-22T12:00:00Z");
const MINUTE = 60_000;
const verifyWebhook = createVerifyWebhook(testEnvironment(), ADMIN_API_VERSION);

describe.each(DATABASE_HOMES)("leaving and coming back on the %s database", (home) => {
  let test: TestDatabase;
  let desk: ReturnType<typeof openWebhookDesk>;

  beforeAll(async () => {
    test = await openTestDatabase(home);
  });
  afterAll(() => test.destroy());
  beforeEach(async () => {
    const { prisma } = test.database;
    await prisma.store.deleteMany();
    await prisma.session.deleteMany();
    desk = openWebhookDesk(test.database, START);
    const store = await install();
    await prisma.dataset.create({
      data: { storeId: store.id, datasetId: "111", sealedToken: "v1.sealed", tokenLastFour: "9999" },
    });
    await prisma.session.create({
      data: { id: `offline_${SHOP}`, shop: SHOP, state: "", accessToken: "v1.sealed" },
    });
    desk.time.now += MINUTE;
    await desk.pay(SHOP, "6100000000001");
    await desk.pay(SHOP, "6100000000002");
    desk.time.now += MINUTE;
  });
  const install = () =>
    installStore({ database: test.database, clock: desk.clock }, { shop: SHOP, scopes: "read_orders" });
  const uninstall = async (triggeredAt = desk.time.now) => {
    const body = JSON.stringify({ id: 1, myshopify_domain: SHOP });
    const deps = {
      verifyWebhook,
      database: test.database,
      clock: desk.clock,
      log: desk.log,
      metrics: createMetrics(),
    };
    const { status } = await receiveAppUninstalled(
      deps,
      webhookRequest("app/uninstalled", SHOP, body, {
        "x-shopify-triggered-at": new Date(triggeredAt).toISOString(),
      }),
    );
    return status;
  };
  const state = async () => {
    const { prisma } = test.database;
    const store = await prisma.store.findUniqueOrThrow({
      where: { shop: SHOP },
      include: { datasets: true },
    });
    const deliveries = await prisma.delivery.findMany({ orderBy: { id: "asc" } });
    return {
      state: store.state,
      tokens: store.datasets.map((dataset) => dataset.sealedToken),
      sessions: await prisma.session.count({ where: { shop: SHOP } }),
      deliveries: deliveries.map((delivery) => delivery.skipReason ?? delivery.state),
    };
  };
  const LIVING = { state: "installed", tokens: ["v1.sealed"], sessions: 1, deliveries: ["due", "due"] };
  const GONE = {
    state: "uninstalled",
    tokens: [null],
    sessions: 0,
    deliveries: ["uninstalled", "uninstalled"],
  };

  it("destroys every token, stops every delivery and erases the buyers' addresses at once", async () => {
    expect(await state()).toEqual(LIVING);
    expect(await uninstall()).toBe(200);
    expect(await state()).toEqual(GONE);
    expect(await test.database.prisma.conversion.findMany()).toMatchObject([
      { clientIp: null, clientUserAgent: null },
      { clientIp: null, clientUserAgent: null },
    ]);
    expect(await desk.pay(SHOP, "6100000000003")).toBe(200);
    expect(await test.database.prisma.conversion.count()).toBe(2);
  });

  it("says the same to a repeat, and keeps when it was", async () => {
    const at = desk.time.now;
    await uninstall(at);
    desk.time.now += 60 * MINUTE;
    expect(await uninstall(at)).toBe(200);
    expect(await state()).toEqual(GONE);
    expect(await test.database.prisma.store.findFirst()).toMatchObject({ uninstalledAt: new Date(at) });
  });

  it("leaves what a worker is sending to the worker", async () => {
    await test.database.prisma.delivery.updateMany({
      where: { conversion: { orderId: "6100000000001" } },
      data: { state: "leased", leaseToken: "x", leaseUntil: new Date(desk.time.now + MINUTE) },
    });
    await uninstall();
    expect((await state()).deliveries).toEqual(["leased", "uninstalled"]);
  });

  it("takes a store back with its settings and history, without tokens and without the orders between", async () => {
    await test.database.prisma.store.updateMany({ data: { retentionDays: 14, eventIdRule: "order_id" } });
    await uninstall();
    desk.time.now += 60 * MINUTE;
    await install();
    expect(await state()).toEqual({ ...GONE, state: "installed" });
    expect(await test.database.prisma.store.findFirst()).toMatchObject({
      retentionDays: 14,
      eventIdRule: "order_id",
      installedAt: new Date(desk.time.now),
      uninstalledAt: null,
      sweptThrough: new Date(desk.time.now),
    });
    await desk.pay(SHOP, "6100000000004");
    expect((await state()).deliveries).toEqual(["uninstalled", "uninstalled", "due"]);
  });

  it("is not undone by an uninstall that arrives after the return", async () => {
    const left = desk.time.now;
    await uninstall(left);
    desk.time.now += MINUTE;
    await install();
    await uninstall(left);
    expect((await state()).state).toBe("installed");
  });

  it("is not undone by an uninstall that arrives only after the return, the first we hear of it", async () => {
    const left = desk.time.now;
    desk.time.now += MINUTE;
    await install();
    await uninstall(left);
    expect(await state()).toEqual(LIVING);
    expect(await test.database.prisma.store.findFirst()).toMatchObject({ installedAt: new Date(left) });
  });

  it("survives an uninstall of a store that it never knew, and one without a time", async () => {
    await test.database.prisma.store.deleteMany();
    expect(await uninstall()).toBe(200);
    expect(await test.database.prisma.session.count()).toBe(0);
  });
});

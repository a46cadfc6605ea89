import { beforeEach, describe, expect, it } from "vitest";

import { installStore } from "#app/stores/shopify/install-store.server.ts";
import { receiveAppUninstalled } from "#app/stores/shopify/receive-app-webhooks.server.ts";
import { confirmUninstalls } from "#app/stores/shopify/take-uninstall.server.ts";
import { openWebhookDesk, webhookRequest } from "#tests/security/webhook-desk.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const SHOP = "leaving.myshopify.com";
const START = Date.parse("2026-11-22T12:00:00Z");
const MINUTE = 60_000;

describe.each(DATABASE_KINDS)("leaving and coming back on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let desk: ReturnType<typeof openWebhookDesk>;
  beforeEach(async () => {
    const { prisma } = test.database;
    await prisma.store.deleteMany();
    await prisma.session.deleteMany();
    desk = openWebhookDesk(test.database, START);
    const store = await install();
    await prisma.dataset.create({
      data: {
        storeId: store.id,
        datasetId: "111",
        sealedToken: "v1.sealed",
        tokenLastFour: "9999",
        createdAt: new Date(START),
      },
    });
    await prisma.session.create({
      data: { id: `offline_${SHOP}`, shop: SHOP, state: "", accessToken: "v1.sealed" },
    });
    desk.time.now += MINUTE;
    await desk.pay(SHOP, "6100000000001");
    await desk.pay(SHOP, "6100000000002");
    desk.time.now += MINUTE;
    desk.shopify.answer = "gone";
  });
  const install = () =>
    installStore({ database: test.database, clock: desk.clock }, { shop: SHOP, scopes: "read_orders" });
  const uninstall = async (triggeredAt = desk.time.now) => {
    const body = JSON.stringify({ id: 1, myshopify_domain: SHOP });
    const { status } = await receiveAppUninstalled(
      { ...desk, database: test.database },
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

  const confirm = () => confirmUninstalls({ ...desk, database: test.database }, new AbortController().signal);

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

  it.each([
    ["with the time that it had", (left: number) => left],
    ["with a time of today: the header is not signed", () => undefined],
    ["with a time to come", (left: number) => left + 365 * 24 * 60 * MINUTE],
  ])("is not undone by the replay of a genuine uninstall after the return, %s", async (_name, timeOf) => {
    const left = desk.time.now;
    await uninstall(left);
    desk.time.now += MINUTE;
    await install();
    const { prisma } = test.database;
    await prisma.session.create({
      data: { id: `offline_${SHOP}`, shop: SHOP, state: "", accessToken: "v1.again" },
    });
    await prisma.dataset.updateMany({ data: { sealedToken: "v1.again" } });
    desk.shopify.answer = "installed";
    desk.time.now += MINUTE;
    expect(await uninstall(timeOf(left))).toBe(200);
    expect(await state()).toMatchObject({ state: "installed", tokens: ["v1.again"], sessions: 1 });
    desk.time.now += 60 * MINUTE;
    await confirm();
    expect(await state()).toMatchObject({ state: "installed", tokens: ["v1.again"], sessions: 1 });
  });

  it("is not undone by an uninstall that arrives only after the return, the first we hear of it", async () => {
    const left = desk.time.now;
    desk.time.now += MINUTE;
    await install();
    desk.shopify.answer = "installed";
    await uninstall(left);
    expect(await state()).toEqual(LIVING);
    expect(await test.database.prisma.store.findFirst()).toMatchObject({ installedAt: new Date(left) });
  });

  it("survives an uninstall of a store that it never knew, and one without a time", async () => {
    await test.database.prisma.store.deleteMany();
    expect(await uninstall()).toBe(200);
    expect(await test.database.prisma.session.count()).toBe(0);
  });

  it("destroys nothing while Shopify says that the app is installed, and drops the report after asking again", async () => {
    desk.shopify.answer = "installed";
    expect(await uninstall()).toBe(200);
    expect(await state()).toEqual(LIVING);
    desk.time.now += 9 * MINUTE;
    expect(await confirm()).toEqual({ asked: 1, settled: 0 });
    desk.time.now += MINUTE;
    expect(await confirm()).toEqual({ asked: 1, settled: 1 });
    expect(await confirm()).toEqual({ asked: 0, settled: 0 });
    expect(await state()).toEqual(LIVING);
  });

  it("carries out an uninstall that Shopify confirms only when it is asked again", async () => {
    desk.shopify.answer = "installed";
    await uninstall();
    desk.time.now += MINUTE;
    desk.shopify.answer = "gone";
    expect(await confirm()).toEqual({ asked: 1, settled: 1 });
    expect(await state()).toEqual(GONE);
  });

  it("keeps the tokens sealed while Shopify cannot be asked, for seven days", async () => {
    desk.shopify.answer = "unknown";
    expect(await uninstall()).toBe(200);
    desk.time.now += 7 * 24 * 60 * MINUTE - 1;
    expect(await confirm()).toEqual({ asked: 1, settled: 0 });
    expect(await state()).toEqual(LIVING);
    desk.time.now += 1;
    expect(await confirm()).toEqual({ asked: 1, settled: 1 });
    expect((await state()).tokens).toEqual([null]);
  });

  it("forgets a report that Shopify did not confirm when the merchant signs in", async () => {
    desk.shopify.answer = "unknown";
    await uninstall();
    desk.time.now += MINUTE;
    await install();
    expect(await confirm()).toEqual({ asked: 0, settled: 0 });
    expect(await state()).toEqual(LIVING);
  });

  it("does not destroy the token of a merchant who comes back while Shopify is asked", async () => {
    const { prisma } = test.database;
    const checkInstallation = async () => {
      await prisma.session.updateMany({ data: { accessToken: "v1.new" } });
      return "gone" as const;
    };
    const request = webhookRequest(
      "app/uninstalled",
      SHOP,
      JSON.stringify({ id: 1, myshopify_domain: SHOP }),
    );
    await receiveAppUninstalled({ ...desk, database: test.database, checkInstallation }, request);
    expect(await state()).toEqual(LIVING);
    expect(await prisma.session.findFirst()).toMatchObject({ accessToken: "v1.new" });
  });
});

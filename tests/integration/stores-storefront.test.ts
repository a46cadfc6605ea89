import {
  environment,
  openAppSide,
  openShopify,
  signIn,
  SHOP,
  type AppSide,
} from "#tests/setup/open-shopify.ts";

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeEach, describe, expect, it } from "vitest";

import { openDatabase } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import {
  findDatasetCollision,
  listDatasetCollisions,
} from "#app/stores/datasets/find-dataset-collision.server.ts";
import { saveSettings } from "#app/stores/settings/save-settings.server.ts";
import { READ_SHOP_ID } from "#app/stores/shopify/admin-operations.ts";
import { createStorefrontKeeper, mendStorefronts } from "#app/stores/shopify/keep-storefronts.server.ts";
import { embedDeepLink } from "#app/stores/shopify/storefront-content.ts";
import { setUpStore } from "#app/stores/shopify/sync-storefront.server.ts";
import { readFunnelSettings } from "../../extensions/contract/funnel-settings.ts";
import type { ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const log = createLog("silent");

/** A release of the web pixel from before it knew the funnel. */
function olderPixel(): string {
  const path = join(mkdtempSync(join(tmpdir(), "older-pixel-")), "shopify.extension.toml");
  const fields = ["appUrl", "trUrl", "accountID"].map(
    (name) =>
      `[settings.fields.${name}]\ntype = "single_line_text_field"\nvalidations = [{ name = "min", value = "1" }]\n`,
  );
  writeFileSync(path, `type = "web_pixel_extension"\n[settings]\ntype = "object"\n${fields.join("")}`);
  return path;
}

describe.each(DATABASE_KINDS)("Shopify's side of a store on the %s database", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);
  let sandbox: ShopifySandbox;
  let app: AppSide;
  const deps = () => ({
    database: store.database,
    clock: Date.now,
    log,
    environment,
    callAdmin: app.callAdmin,
  });
  const row = () => store.database.prisma.store.findUniqueOrThrow({ where: { shop: SHOP } });
  const setUp = () =>
    setUpStore(deps(), {
      shop: SHOP,
      scopes: "read_orders",
      ask: (document, ...variables) => app.callAdmin(SHOP, document, ...variables),
    });
  const metafield = () => {
    const field = sandbox.store(SHOP).metafields.values().next().value;
    return field === undefined ? undefined : (JSON.parse(field.value) as unknown);
  };
  beforeEach(async () => {
    await store.database.prisma.store.deleteMany();
    await sandbox?.close();
    sandbox = await openShopify();
    app = openAppSide(store.database);
    await signIn(sandbox, app);
  });
  afterAll(() => sandbox.close());

  it("knows the shop, writes the metafield and connects the web pixel at sign-in", async () => {
    await setUp();
    expect(await row()).toMatchObject({
      name: "Tandem Demo",
      timeZone: "America/Los_Angeles",
      currency: "USD",
      country: "US",
      metafieldState: "connected",
      metafieldProblem: null,
      webPixelState: "connected",
      webPixelProblem: null,
      webPixelId: sandbox.store(SHOP).webPixel?.id,
    });
    expect(sandbox.store(SHOP).webPixel?.settings).toEqual({
      appUrl: "https://tandem.example.com",
      trUrl: "https://www.facebook.com/tr/",
      accountID: SHOP,
      funnel: JSON.stringify({
        v: 1,
        datasets: [],
        events: { ViewContent: "both", AddToCart: "both", InitiateCheckout: "both" },
        contentId: "product",
        valueBasis: "total",
        country: "US",
        ldu: true,
      }),
    });
    expect(metafield()).toEqual({
      v: 1,
      datasets: [],
      eventIdRule: "order_number",
      heartbeat: 1,
      fbevents: "https://connect.facebook.net/en_US/fbevents.js",
      ldu: true,
      pageView: true,
    });
  });

  it("tells the web pixel of the events and what they are named by, and the embed whether a page view is sent", async () => {
    await setUp();
    const { id } = await row();
    const { prisma } = store.database;
    await prisma.dataset.createMany({
      data: [
        { storeId: id, datasetId: "1110001" },
        { storeId: id, datasetId: "1110002", state: "paused" },
      ],
    });
    const values = {
      settingsVersion: (await row()).settingsVersion,
      contentId: "sku",
      valueBasis: "subtotal",
      events: { PageView: "off", ViewContent: "browser", AddToCart: "off", Search: "both" },
    };
    await saveSettings(deps(), { storeId: id, values });
    const keeper = createStorefrontKeeper(deps());
    await keeper.sync(SHOP);
    await keeper.idle();
    expect(readFunnelSettings(sandbox.store(SHOP).webPixel?.settings["funnel"])).toEqual({
      v: 1,
      datasets: ["1110001"],
      events: { Search: "both", ViewContent: "browser", InitiateCheckout: "both" },
      contentId: "sku",
      valueBasis: "subtotal",
      country: "US",
      ldu: true,
    });
    expect(metafield()).toMatchObject({ pageView: false });
  });

  it("tracks purchases where Shopify's release of the pixel is older than the app, says so, and mends it later", async () => {
    const release = async (webPixelToml?: string) => {
      await sandbox.close();
      sandbox = await openShopify(Date.now, webPixelToml);
      app = openAppSide(store.database);
      await signIn(sandbox, app);
    };
    await release(olderPixel());
    await setUp();
    expect(sandbox.store(SHOP).webPixel?.settings).toEqual({
      appUrl: "https://tandem.example.com",
      trUrl: "https://www.facebook.com/tr/",
      accountID: SHOP,
    });
    const partly = await row();
    expect(partly).toMatchObject({ webPixelState: "connected" });
    expect(partly.webPixelProblem).toContain("has to release the app’s extensions");
    const signal = new AbortController().signal;
    expect(await mendStorefronts(deps(), signal)).toEqual({ tried: 1, mended: 0 });
    await release();
    expect(await mendStorefronts(deps(), signal)).toEqual({ tried: 1, mended: 1 });
    expect(sandbox.store(SHOP).webPixel?.settings["funnel"]).toContain('"ViewContent":"both"');
    expect(await row()).toMatchObject({ webPixelState: "connected", webPixelProblem: null });
  });

  it("tells the storefront of active datasets only, and of the last of several saves", async () => {
    await setUp();
    const { id } = await row();
    const { prisma } = store.database;
    await prisma.dataset.createMany({
      data: [
        { storeId: id, datasetId: "1110001" },
        { storeId: id, datasetId: "1110002", state: "paused" },
        { storeId: id, datasetId: "1110003", state: "disconnected" },
      ],
    });
    const keeper = createStorefrontKeeper(deps());
    const first = keeper.sync(SHOP);
    await prisma.store.update({ where: { id }, data: { eventIdRule: "order_id" } });
    await Promise.all([first, keeper.sync(SHOP), keeper.sync(SHOP)]);
    await keeper.idle();
    expect(metafield()).toMatchObject({ datasets: ["1110001"], eventIdRule: "order_id" });
  });

  it("finds its web pixel again when it has forgotten it, and makes a new one when it is gone", async () => {
    await setUp();
    const { prisma } = store.database;
    const first = sandbox.store(SHOP).webPixel?.id;
    await prisma.store.updateMany({ data: { webPixelId: null } });
    await setUp();
    expect(await row()).toMatchObject({ webPixelId: first, webPixelState: "connected" });
    sandbox.store(SHOP).webPixel = undefined;
    await setUp();
    const second = sandbox.store(SHOP).webPixel?.id;
    expect(second).toBeDefined();
    expect(second).not.toBe(first);
    expect(await row()).toMatchObject({ webPixelId: second, webPixelState: "connected" });
  });

  it("says in words what Shopify refuses, keeps the store, and mends it later by itself", async () => {
    const { installation } = sandbox.store(SHOP);
    const scopes = installation?.scopes ?? [];
    if (installation) installation.scopes = ["read_orders"];
    await setUp();
    const refused = await row();
    expect(refused).toMatchObject({
      state: "installed",
      metafieldState: "connected",
      webPixelState: "failed",
    });
    expect(refused.webPixelProblem).toContain("accept the permissions");
    if (installation) installation.scopes = scopes;
    const signal = new AbortController().signal;
    expect(await mendStorefronts(deps(), signal)).toEqual({ tried: 1, mended: 1 });
    expect(await row()).toMatchObject({ webPixelState: "connected", webPixelProblem: null });
    expect(await mendStorefronts(deps(), signal)).toEqual({ tried: 0, mended: 0 });
  });

  it("does not lock the merchant out when Shopify is away", async () => {
    sandbox.admin.faults.failNext = 10;
    await setUp();
    const away = await row();
    expect(away).toMatchObject({ state: "installed", metafieldState: "failed", webPixelState: "failed" });
    expect(away.metafieldProblem).toContain("tries again by itself");
  });

  it("refreshes an expired token once, however many ask, and keeps the pair that works", async () => {
    await setUp();
    const { prisma } = store.database;
    await prisma.session.updateMany({ data: { expires: new Date(Date.now() - 1_000) } });
    sandbox.tokens.expireShop(SHOP);
    const other = databaseKind === "server" ? await openDatabase({ databaseUrl: store.url, log }) : undefined;
    const sides = [app, openAppSide(other ?? store.database)];
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, position) =>
        sides[databaseKind === "server" ? position % 2 : 0]?.callAdmin(SHOP, READ_SHOP_ID),
      ),
    );
    expect(answers.map((answer) => answer?.ok)).toEqual(answers.map(() => true));
    sandbox.tokens.expireShop(SHOP);
    await prisma.session.updateMany({ data: { expires: new Date(Date.now() - 1_000) } });
    expect((await app.callAdmin(SHOP, READ_SHOP_ID)).ok).toBe(true);
    await other?.close();
  });

  it("has nothing to say for a store without a session", async () => {
    expect(await app.callAdmin("nobody.myshopify.com", READ_SHOP_ID)).toMatchObject({
      ok: false,
      problem: "no_session",
    });
  });

  it("sees that another store sends order numbers to the same dataset, and never says which", async () => {
    const { prisma } = store.database;
    const make = (shop: string, data: object = {}) =>
      prisma.store.create({ data: { shop, datasets: { create: { datasetId: "5550001" } }, ...data } });
    const own = await make("own.myshopify.com");
    expect(await findDatasetCollision(store.database, own.id, "5550001")).toBe(false);
    const other = await make("other.myshopify.com");
    expect(await findDatasetCollision(store.database, own.id, "5550001")).toBe(true);
    expect(await listDatasetCollisions(store.database, own.id)).toEqual(["5550001"]);
    await prisma.store.update({ where: { id: other.id }, data: { eventIdRule: "order_id" } });
    expect(await findDatasetCollision(store.database, own.id, "5550001")).toBe(false);
    await prisma.store.update({
      where: { id: other.id },
      data: { eventIdRule: "order_number", state: "uninstalled" },
    });
    expect(await findDatasetCollision(store.database, own.id, "5550001")).toBe(false);
  });
});

describe("the deep link that switches the embed on", () => {
  it("names the app's client ID and the block's file", () => {
    expect(embedDeepLink(SHOP, "key")).toBe(
      "https://tandem-demo.myshopify.com/admin/themes/current/editor?context=apps&template=index&activateAppId=key/pixel",
    );
  });
});

import {
  environment,
  openAppSide,
  openShopify,
  signIn,
  SHOP,
  type AppSide,
} from "#tests/setup/open-shopify.ts";

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { createInstallationCheck } from "#app/offline-admin.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createMetrics } from "#app/platform/process/metrics.server.ts";
import type { CheckInstallation } from "#app/stores/shopify/check-installation.server.ts";
import { mendStorefronts } from "#app/stores/shopify/keep-storefronts.server.ts";
import { receiveScopesUpdate } from "#app/stores/shopify/receive-app-webhooks.server.ts";
import { createRefuseWebhook } from "#app/stores/shopify/refuse-webhook.server.ts";
import { setUpStore } from "#app/stores/shopify/sync-storefront.server.ts";
import { createVerifyWebhook } from "#app/stores/shopify/verify-webhook.server.ts";
import type { ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";
import { webhookRequest } from "#tests/security/webhook-desk.ts";
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

const OTHER = "kawa-goods.myshopify.com";
const log = createLog("silent");
const metrics = createMetrics();

describe.each(DATABASE_KINDS)(
  "what the app asks Shopify about an installation, on the %s database",
  (databaseKind) => {
    let test: TestDatabase;
    let sandbox: ShopifySandbox;
    let app: AppSide;
    let check: CheckInstallation;

    beforeAll(async () => {
      test = await openTestDatabase(databaseKind);
    });
    afterAll(async () => {
      await sandbox.close();
      await test.destroy();
    });
    beforeEach(async () => {
      const { prisma } = test.database;
      await prisma.store.deleteMany();
      await prisma.session.deleteMany();
      await sandbox?.close();
      sandbox = await openShopify();
      app = openAppSide(test.database);
      check = createInstallationCheck({ environment, shopify: app.shopify, database: test.database, log });
      await signIn(sandbox, app);
      await setUp();
    });
    const deps = () => ({
      database: test.database,
      clock: Date.now,
      log,
      environment,
      callAdmin: app.callAdmin,
    });
    const setUp = () =>
      setUpStore(deps(), {
        shop: SHOP,
        scopes: "read_orders",
        ask: (document, ...variables) => app.callAdmin(SHOP, document, ...variables),
      });
    const row = () => test.database.prisma.store.findUniqueOrThrow({ where: { shop: SHOP } });
    /** As an hour later. */
    const expire = async () => {
      sandbox.tokens.expireShop(SHOP);
      const expires = new Date(Date.now() - 1_000);
      await test.database.prisma.session.updateMany({ where: { shop: SHOP }, data: { expires } });
    };
    const session = () => test.database.prisma.session.findUnique({ where: { id: `offline_${SHOP}` } });

    describe("is it still there?", () => {
      it("installed, with a token that is good", async () => {
        expect(await check(SHOP, 5_000)).toBe("installed");
      });
      it("installed, with a token that has to be refreshed, and the new one is kept", async () => {
        const before = await session();
        await expire();
        expect(await check(SHOP, 5_000)).toBe("installed");
        expect((await session())?.accessToken).not.toBe(before?.accessToken);
        expect(await check(SHOP, 5_000)).toBe("installed");
      });
      it("gone, with a token that was good", async () => {
        await sandbox.uninstall(SHOP, { lost: true });
        expect(await check(SHOP, 5_000)).toBe("gone");
      });
      it("gone, with a token that had expired before", async () => {
        await expire();
        await sandbox.uninstall(SHOP, { lost: true });
        expect(await check(SHOP, 5_000)).toBe("gone");
      });
      it("installed again, with the token of the new installation", async () => {
        await sandbox.uninstall(SHOP, { lost: true });
        await signIn(sandbox, app);
        expect(await check(SHOP, 5_000)).toBe("installed");
      });
      it("no token to ask with", async () => {
        await test.database.prisma.session.deleteMany();
        expect(await check(SHOP, 5_000)).toBe("no_token");
      });
      it.each([402, 404, 423, 429, 500, 503])("not known when Shopify answers %i", async (failStatus) => {
        Object.assign(sandbox.admin.faults, { failNext: 10, failStatus });
        expect(await check(SHOP, 5_000)).toBe("unknown");
      });
      it("installed where Shopify throttles: it has accepted the token", async () => {
        sandbox.admin.faults.throttleNext = 1;
        expect(await check(SHOP, 5_000)).toBe("installed");
      });
      it("not known when Shopify is slower than the caller can wait, and the caller does not", async () => {
        sandbox.admin.faults.delayMs = 10_000;
        const began = performance.now();
        expect(await check(SHOP, 200)).toBe("unknown");
        expect(performance.now() - began).toBeLessThan(5_000);
      });
      it("not known when Shopify cannot be reached", async () => {
        await sandbox.close();
        expect(await check(SHOP, 5_000)).toBe("unknown");
        await expire();
        expect(await check(SHOP, 5_000)).toBe("unknown");
      });
    });

    describe("which number does it have?", () => {
      it("is learned at sign-in", async () => {
        expect((await row()).shopId).toBe(sandbox.store(SHOP).id);
      });
      it("is learned by the periodic job for a store that was installed before", async () => {
        const { prisma } = test.database;
        await prisma.store.update({ where: { shop: SHOP }, data: { shopId: null } });
        await mendStorefronts(deps(), new AbortController().signal);
        expect((await row()).shopId).toBe(sandbox.store(SHOP).id);
        expect(await mendStorefronts(deps(), new AbortController().signal)).toEqual({ tried: 0, mended: 0 });
      });
    });

    describe("app/scopes_update", () => {
      const verifyWebhook = createVerifyWebhook(environment);
      const refuseWebhook = createRefuseWebhook({ log, metrics });
      const update = async (body: object): Promise<number> => {
        const to = { origin: "https://tandem.example.com", secret: environment.SHOPIFY_API_SECRET };
        const request = webhookRequest("app/scopes_update", SHOP, JSON.stringify(body), {}, to);
        return (await receiveScopesUpdate({ ...deps(), metrics, verifyWebhook, refuseWebhook }, request))
          .status;
      };
      const claim = { id: 1234, previous: ["read_orders"], current: ["write_products"] };
      const granted = () => sandbox.store(SHOP).installation?.scopes.join(",");
      const stored = async () => [(await row()).scopes, (await session())?.scope];

      it("is believed where the body names the store's own number", async () => {
        expect(await update({ ...claim, shop_id: Number(sandbox.store(SHOP).id) })).toBe(200);
        expect(await stored()).toEqual(["write_products", "write_products"]);
      });
      it("is refused where it names another", async () => {
        const before = await stored();
        expect(await update({ ...claim, shop_id: Number(sandbox.store(OTHER).id) })).toBe(401);
        expect(await stored()).toEqual(before);
      });
      it.each([
        ["the body names no shop", async () => undefined],
        [
          "the store's number is not known yet",
          async () => {
            await test.database.prisma.store.update({ where: { shop: SHOP }, data: { shopId: null } });
            return Number(sandbox.store(SHOP).id);
          },
        ],
      ])("is asked for, not believed, where %s", async (_name, shopIdOf) => {
        const shop_id = await shopIdOf();
        expect(await update({ ...claim, ...(shop_id === undefined ? {} : { shop_id }) })).toBe(200);
        expect(await stored()).toEqual([granted(), granted()]);
        expect((await row()).shopId).toBe(sandbox.store(SHOP).id);
      });
      it("is asked for again later where Shopify does not answer", async () => {
        const before = await stored();
        Object.assign(sandbox.admin.faults, { failNext: 5 });
        expect(await update(claim)).toBe(503);
        expect(await stored()).toEqual(before);
      });
      it("changes nothing for a store that has left", async () => {
        await test.database.prisma.store.updateMany({ data: { state: "uninstalled" } });
        const before = await stored();
        expect(await update(claim)).toBe(200);
        expect(await stored()).toEqual(before);
      });
    });
  },
);

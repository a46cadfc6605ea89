import { openAppSide, openShopify, signIn } from "#tests/setup/open-shopify.ts";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { createIntake } from "#app/intake/take-in-order.server.ts";
import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { sweepStores } from "#app/intake/sweep-stores.server.ts";
import { writeJson } from "#sandbox/shopify/orders/order-json.ts";
import type { ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";
import { openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

const MINUTE = 60_000;
const log = createLog("silent");
const signal = new AbortController().signal;
const SHOPS = [
  "tandem-demo.myshopify.com",
  "radhaus-berlin.myshopify.com",
  "kawa-goods.myshopify.com",
  "lahore-parts.myshopify.com",
];
/** Orders that webhooks bring while the stores are swept, and orders that no webhook brought, per store. */
const BROUGHT = 60;
const LOST = 5;

describe("two connections to the database (DATABASE_POOL=2)", () => {
  let test: TestDatabase;
  let database: Database;
  let sandbox: ShopifySandbox;

  beforeEach(async () => {
    test = await openTestDatabase("server");
    database = await openDatabase({ databaseUrl: test.url, log, poolSize: 2 });
    sandbox = await openShopify();
  });
  afterEach(async () => {
    await sandbox.close();
    await database.close();
    await test.destroy();
  });

  it("serve four sweeps whose tokens have all ended, beside a load of webhooks", async () => {
    const app = openAppSide(database);
    const intake = createIntake({ database, clock: Date.now, log, poolSize: 2, webhookMs: 60_000 });
    for (const [position, shop] of SHOPS.entries()) {
      await database.prisma.store.create({
        data: {
          shop,
          installedAt: new Date(Date.now() - 24 * 60 * MINUTE),
          datasets: { create: { datasetId: `111000${position}` } },
        },
      });
      await signIn(sandbox, app, shop);
      sandbox.store(shop).orders.clear();
      for (let order = 0; order < LOST; order += 1)
        sandbox.placeOrder(shop, { at: Date.now() - 60 * MINUTE });
      sandbox.tokens.expireShop(shop);
    }
    await database.prisma.session.updateMany({ data: { expires: new Date(Date.now() - 1_000) } });
    sandbox.admin.faults.delayMs = 50;

    const bring = (shop: string) => {
      const record = sandbox.placeOrder(shop, { at: Date.now() });
      const parsed = parseOrder(writeJson(record.payload));
      if (!parsed.ok) throw new Error(parsed.problem.message);
      return intake.takeIn({ shop, order: parsed.order, via: "webhook" });
    };
    const [report, ...brought] = await Promise.all([
      sweepStores(
        {
          database,
          clock: Date.now,
          log,
          callAdmin: app.callAdmin,
          takeInOrder: (arrival) => intake.takeIn(arrival),
        },
        signal,
      ),
      ...SHOPS.flatMap((shop) => Array.from({ length: BROUGHT }, () => bring(shop))),
    ]);
    expect(report).toEqual({
      stores: SHOPS.length,
      seen: SHOPS.length * LOST,
      taken: SHOPS.length * LOST,
      failed: 0,
    });
    expect(new Set(brought.map(({ kind }) => kind))).toEqual(new Set(["stored"]));
    expect(await database.prisma.conversion.count()).toBe(SHOPS.length * (LOST + BROUGHT));
  });
});

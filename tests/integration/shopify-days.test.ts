import { openAppSide, openShopify, signIn, SHOP, type AppSide } from "#tests/setup/open-shopify.ts";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import {
  askShopifyDays,
  MOST_LISTED,
  type ShopifyDaysDependencies,
} from "#app/audit/reconcile/ask-shopify-days.server.ts";
import { readShopifyDays } from "#app/audit/reconcile/read-outside-days.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import type { ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";
import { answerAdmin, Fails } from "#tests/setup/answer-admin.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const signal = new AbortController().signal;
/** Noon in New York. */
const NOON = Date.parse("2026-11-27T17:00:00Z");

describe.each(DATABASE_KINDS)("Shopify's paid orders by day, on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let sandbox: ShopifySandbox;
  let app: AppSide;
  let storeId: bigint;
  const time = { now: NOON };
  const clock = () => time.now;
  beforeEach(async () => {
    time.now = NOON;
    await test.database.prisma.store.deleteMany();
    const store = await test.database.prisma.store.create({
      data: { shop: SHOP, timeZone: "America/New_York", installedAt: new Date(NOON - 40 * DAY) },
    });
    storeId = store.id;
    sandbox = await openShopify(clock);
    app = openAppSide(test.database, clock);
    await signIn(sandbox, app);
    sandbox.store(SHOP).orders.clear();
  });
  afterEach(() => sandbox.close());

  const deps = (): ShopifyDaysDependencies => ({
    database: test.database,
    clock,
    log: createLog("silent"),
    callAdmin: app.callAdmin,
  });
  const days = async () => (await readShopifyDays(test.database, storeId, "2026-10-01")) ?? [];
  const countOf = async (day: string) => (await days()).find((each) => each.day === day)?.orders;

  it("are listed for a small store: each order on the day of its payment, in the store's calendar", async () => {
    // 25 November 23:30 in New York, which is the 26th in UTC.
    sandbox.placeOrder(SHOP, { at: Date.parse("2026-11-26T04:30:00Z") });
    sandbox.placeOrder(SHOP, { at: Date.parse("2026-11-26T16:00:00Z") });
    sandbox.placeOrder(SHOP, { at: Date.parse("2026-11-26T16:00:00Z"), paid: false });
    sandbox.placeOrder(SHOP, { at: Date.parse("2026-11-26T16:00:00Z"), test: true });
    const refunded = sandbox.placeOrder(SHOP, { at: Date.parse("2026-11-24T16:00:00Z") });
    refunded.payload = { ...refunded.payload, financial_status: "refunded" };
    // Today: the day is not over.
    sandbox.placeOrder(SHOP, { at: NOON - HOUR });

    expect(await askShopifyDays(deps(), signal)).toEqual({ asked: 1, failed: 0 });
    const all = await days();
    expect([all.length, all[0]?.day, all.at(-1)?.day]).toEqual([30, "2026-10-28", "2026-11-26"]);
    expect(all.filter(({ orders }) => orders > 0).map(({ day, orders }) => [day, orders])).toEqual([
      ["2026-11-24", 1],
      ["2026-11-25", 1],
      ["2026-11-26", 1],
    ]);
    expect(all.find(({ day }) => day === "2026-11-24")?.worth).toEqual({
      currency: refunded.payload.currency,
      amount: Number(refunded.payload.total_price),
    });
  });

  it("are asked once a day, the last seven again, and an order that was paid late counts on that day", async () => {
    const late = sandbox.placeOrder(SHOP, { at: Date.parse("2026-11-20T15:00:00Z"), paid: false });
    await askShopifyDays(deps(), signal);
    expect(await askShopifyDays(deps(), signal)).toEqual({ asked: 0, failed: 0 });
    void sandbox.pay(SHOP, late.id, { lost: true });
    time.now += DAY;
    await signIn(sandbox, app);
    expect(await askShopifyDays(deps(), signal)).toEqual({ asked: 1, failed: 0 });
    expect([await countOf("2026-11-20"), await countOf("2026-11-27")]).toEqual([0, 1]);
  });

  it("are counted by Shopify for a large store, without amounts", async () => {
    sandbox.placeOrder(SHOP, { at: Date.parse("2026-11-26T04:30:00Z") });
    sandbox.placeOrder(SHOP, { at: Date.parse("2026-11-26T16:00:00Z") });
    const isLarge = { asked: false };
    const callAdmin = answerAdmin(async (wanted) => {
      const query = String(wanted.variables["query"]);
      if (wanted.document.includes("ListPayments")) throw new Error("a large store is not listed");
      if (!query.includes("updated_at")) return app.ask(wanted);
      isLarge.asked = true;
      return { data: { ordersCount: { count: MOST_LISTED + 1, precision: "EXACT" } } };
    });
    expect(await askShopifyDays({ ...deps(), callAdmin }, signal)).toEqual({ asked: 1, failed: 0 });
    expect(isLarge.asked).toBe(true);
    expect((await days()).filter(({ orders }) => orders > 0)).toEqual([
      { day: "2026-11-25", orders: 1, worth: null, refunded: null, askedAt: NOON },
      { day: "2026-11-26", orders: 1, worth: null, refunded: null, askedAt: NOON },
    ]);
  });

  it.each([
    ["a refusal", new Fails({ ok: false, problem: "denied", message: "Access denied" })],
    ["a count that is not exact", { data: { ordersCount: { count: 10_000, precision: "AT_LEAST" } } }],
    ["an answer without a count", { data: { ordersCount: null } }],
  ])("stay unknown after %s, and are asked for again", async (_, answer) => {
    const failing = { ...deps(), callAdmin: answerAdmin(async () => answer) };
    expect(await askShopifyDays(failing, signal)).toEqual({ asked: 0, failed: 1 });
    expect(await readShopifyDays(test.database, storeId, "2026-10-01")).toBeNull();
    expect(await askShopifyDays(deps(), signal)).toEqual({ asked: 1, failed: 0 });
  });

  it("go through several pages of a list, and an order that is listed twice counts once", async () => {
    const at = Date.parse("2026-11-26T16:00:00Z");
    for (let order = 0; order < 120; order += 1) sandbox.placeOrder(SHOP, { at: at + order * 1_000 });
    await askShopifyDays(deps(), signal);
    expect(await countOf("2026-11-26")).toBe(120);
  });
});

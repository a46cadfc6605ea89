import { openAppSide, openShopify, signIn, SHOP, type AppSide } from "#tests/setup/open-shopify.ts";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { parseOrder } from "#app/conversions/parse-order.ts";
import { createLog } from "#app/platform/log.server.ts";
import type { SweepDependencies } from "#app/stores/sweep-orders.server.ts";
import { sweepPeriod, sweepStores } from "#app/stores/sweep-stores.server.ts";
import { writeJson } from "#sandbox/shopify/orders/order-json.ts";
import type { ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";
import type { OrderRecord } from "#sandbox/shopify/store.ts";
import { DATABASE_HOMES, openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const signal = new AbortController().signal;

describe.each(DATABASE_HOMES)("orders that no webhook brought, on the %s database", (home) => {
  let store: TestDatabase;
  let sandbox: ShopifySandbox;
  let app: AppSide;
  const time = { now: Date.now() };
  const clock = () => time.now;

  beforeAll(async () => {
    store = await openTestDatabase(home);
  });
  afterAll(() => store.destroy());
  beforeEach(async () => {
    time.now = Date.now();
    await store.database.prisma.store.deleteMany();
    await store.database.prisma.store.create({
      data: {
        shop: SHOP,
        installedAt: new Date(time.now - 3 * DAY),
        datasets: { create: { datasetId: "1110001" } },
      },
    });
    sandbox = await openShopify(clock);
    app = openAppSide(store.database, clock);
    await signIn(sandbox, app);
    sandbox.store(SHOP).orders.clear();
  });
  afterEach(() => sandbox.close());

  const deps = (): SweepDependencies => ({
    database: store.database,
    clock,
    log: createLog("silent"),
    callAdmin: app.callAdmin,
    takeInOrder: (arrival) => app.intake.takeIn(arrival),
  });
  const storeRow = () => store.database.prisma.store.findUniqueOrThrow({ where: { shop: SHOP } });
  const conversions = () => store.database.prisma.conversion.findMany({ orderBy: { id: "asc" } });
  const byWebhook = async (record: OrderRecord) => {
    const parsed = parseOrder(writeJson(record.payload));
    if (!parsed.ok) throw new Error(parsed.problem.message);
    await app.intake.takeIn({ shop: SHOP, order: parsed.order, via: "webhook" });
  };

  it("takes in what is missing, once, and only that", async () => {
    const at = time.now - 60 * MINUTE;
    const known = sandbox.placeOrder(SHOP, { at });
    await byWebhook(known);
    const lost = [sandbox.placeOrder(SHOP, { at }), sandbox.placeOrder(SHOP, { at })];
    sandbox.placeOrder(SHOP, { at, paid: false });

    expect(await sweepStores(deps(), signal)).toEqual({ stores: 1, seen: 3, taken: 2, failed: 0 });
    const rows = await conversions();
    expect(rows.map(({ orderId, via }) => [orderId, via])).toEqual([
      [known.id, "webhook"],
      ...lost.map(({ id }) => [id, "sweep"]),
    ]);
    const read = sandbox.admin.served["order"];
    expect(await sweepStores(deps(), signal)).toMatchObject({ taken: 0, failed: 0 });
    expect(sandbox.admin.served["order"]).toBe(read);
    expect((await conversions()).length).toBe(3);
    await Promise.all(lost.map(byWebhook));
    expect((await conversions()).length).toBe(3);
  });

  it("makes the conversion that the webhook would have made, but for the user agent", async () => {
    const wish = {
      at: time.now - 60 * MINUTE,
      discountPercent: 15,
      noteAttributes: [{ name: "_fbp", value: "fb.1.1596403881668.1116446470" }],
    };
    const one = sandbox.placeOrder(SHOP, wish);
    await byWebhook(one);
    const [expected] = await conversions();
    await store.database.prisma.conversion.deleteMany();
    await sweepStores(deps(), signal);
    const [swept] = await conversions();
    expect(swept).toMatchObject({
      orderId: one.id,
      orderNumber: expected?.orderNumber,
      eventId: expected?.eventId,
      value: expected?.value,
      currency: expected?.currency,
      source: expected?.source,
      checkoutTokenHash: expected?.checkoutTokenHash,
      clientIp: expected?.clientIp,
    });
    const part = (row: typeof swept, key: string) =>
      (row?.document as Record<string, unknown> | undefined)?.[key];
    for (const key of ["customer", "purchase", "consent", "fbp", "fbc", "eventSourceUrl", "shopValue"])
      expect({ [key]: part(swept, key) }).toEqual({ [key]: part(expected, key) });
  });

  it("leaves the last minutes to webhooks and older payments alone, and moves its mark", async () => {
    sandbox.placeOrder(SHOP, { at: time.now - 2 * MINUTE });
    sandbox.placeOrder(SHOP, { at: time.now - 4 * DAY });
    expect(await sweepStores(deps(), signal)).toMatchObject({ taken: 0, failed: 0 });
    expect((await storeRow()).sweptThrough?.getTime()).toBe(time.now - 5 * MINUTE);
    time.now += 10 * MINUTE;
    expect(await sweepStores(deps(), signal)).toMatchObject({ taken: 1 });
  });

  it("finds an order that was paid days after it was placed", async () => {
    const order = sandbox.placeOrder(SHOP, { at: time.now - 2 * DAY, paid: false });
    await sweepStores(deps(), signal);
    time.now += 30 * MINUTE;
    void sandbox.pay(SHOP, order.id, { lost: true });
    time.now += 30 * MINUTE;
    await signIn(sandbox, app);
    expect(await sweepStores(deps(), signal)).toMatchObject({ taken: 1, failed: 0 });
    const [row] = await conversions();
    expect(row?.paidAt.getTime()).toBeGreaterThan(time.now - 31 * MINUTE);
  });

  it("goes through many pages, waits when it is throttled, and says in words when it cannot go on", async () => {
    const records = Array.from({ length: 120 }, (_, order) =>
      sandbox.placeOrder(SHOP, { at: time.now - (200 - order) * MINUTE }),
    );
    await Promise.all(records.filter((_, order) => order !== 60).map(byWebhook));
    sandbox.admin.faults.throttleNext = 1;
    expect(await sweepStores(deps(), signal)).toMatchObject({ seen: 120, taken: 1, failed: 0 });

    const { installation } = sandbox.store(SHOP);
    if (installation) installation.scopes = ["write_pixels"];
    time.now += 20 * MINUTE;
    const mark = (await storeRow()).sweptThrough;
    expect(await sweepStores(deps(), signal)).toMatchObject({ failed: 1 });
    const row = await storeRow();
    expect(row.sweepProblem).toContain("accept the permissions");
    expect(row.sweptThrough).toEqual(mark);
  }, 30_000);

  it("sweeps a period on demand, seven days at most", async () => {
    const inside = sandbox.placeOrder(SHOP, { at: time.now - 4 * DAY });
    sandbox.placeOrder(SHOP, { at: time.now - 1 * DAY });
    const period = { from: time.now - 5 * DAY, to: time.now - 3 * DAY };
    expect(await sweepPeriod(deps(), SHOP, period, signal)).toMatchObject({ kind: "swept", taken: 1 });
    expect((await conversions()).map(({ orderId }) => orderId)).toEqual([inside.id]);
    const long = { from: time.now - 8 * DAY, to: time.now };
    expect(await sweepPeriod(deps(), SHOP, long, signal)).toMatchObject({ kind: "refused" });
    expect(await sweepPeriod(deps(), "nobody.myshopify.com", period, signal)).toMatchObject({
      kind: "refused",
    });
  });
});

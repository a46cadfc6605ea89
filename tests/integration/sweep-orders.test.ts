import { openAppSide, openShopify, signIn, SHOP, type AppSide } from "#tests/setup/open-shopify.ts";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { asList, asRecord } from "#app/conversions/read-json.ts";
import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import type { SweepDependencies } from "#app/intake/sweep-orders.server.ts";
import { sweepAgain, sweepPeriod, sweepStores } from "#app/intake/sweep-stores.server.ts";
import { writeJson } from "#sandbox/shopify/orders/order-json.ts";
import type { FinancialStatus } from "#sandbox/shopify/orders/order-shape.ts";
import type { OrderWish } from "#sandbox/shopify/orders/order-wish.ts";
import type { ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";
import type { OrderRecord } from "#sandbox/shopify/store.ts";
import { answerAdmin, Fails } from "#tests/setup/answer-admin.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const signal = new AbortController().signal;

describe.each(DATABASE_KINDS)("orders that no webhook brought, on the %s database", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);
  let sandbox: ShopifySandbox;
  let app: AppSide;
  const time = { now: Date.now() };
  const clock = () => time.now;
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

  it("takes in every line of an order of 2,000 lines, and nothing of one with more lines than are read", async () => {
    const at = time.now - 60 * MINUTE;
    const orders = [sandbox.placeOrder(SHOP, { at }), sandbox.placeOrder(SHOP, { at })];
    const ids = orders.map(({ id }) => id);
    let asked = 0;
    const read = new Map<string, unknown>();
    /** Shopify with these orders' lines repeated: 50 to a page, refused for want of budget now and then. */
    const callAdmin = answerAdmin(async (wanted) => {
      const { variables } = wanted;
      const id = String(variables["id"]).split("/").at(-1) ?? "";
      const position = ids.indexOf(id);
      if (position < 0) return app.ask(wanted);
      asked += 1;
      if (asked % 20 === 0)
        return new Fails({
          ok: false,
          problem: "throttled",
          message: "Throttled",
          throttle: { available: 999, maximum: 1_000, restoreRate: 1_000 },
        });
      // Its first question is for the order.
      const data = read.get(id) ?? (await app.ask(wanted))["data"];
      read.set(id, data);
      const order = asRecord(asRecord(data)?.["order"]);
      const [line] = asList(asRecord(order?.["lineItems"])?.["nodes"]);
      const page = Number(variables["after"] ?? 1);
      const lineItems = {
        nodes: Array.from({ length: 50 }, () => line),
        pageInfo: { hasNextPage: position === 1 || page < 40, endCursor: String(page + 1) },
      };
      return { data: { order: { ...order, lineItems } } };
    });
    expect(await sweepStores({ ...deps(), callAdmin }, signal)).toMatchObject({
      seen: 2,
      taken: 1,
      failed: 0,
    });
    const [row, ...others] = await conversions();
    expect([row?.orderId, others]).toEqual([ids[0], []]);
    const quantity = Number(asRecord(asList(asRecord(orders[0]?.payload)?.["line_items"])[0])?.["quantity"]);
    const purchase = asRecord(asRecord(row?.document)?.["purchase"]);
    expect(purchase?.["num_items"]).toBe(2_000 * quantity);
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

  it.each([
    ["headless", { source: { name: "12875497473", appId: 12875497473n } }],
    ["other", { source: { name: "3041525761", appId: 3041525761n }, hasCheckout: false }],
    ["subscription_first", { lines: [{ variantId: 40000000000001n, quantity: 1, sellingPlan: "Monthly" }] }],
    [
      "subscription_renewal",
      {
        source: { name: "294518", appId: 294518n },
        hasCheckout: false,
        tags: "Subscription, Subscription Recurring Order",
      },
    ],
    ["subscription_renewal", { kind: "renewal" }],
    ["draft", { kind: "draft" }],
    ["pos", { kind: "pos" }],
    ["import", { processedAt: Date.parse("2023-05-01T10:00:00Z"), hasCheckout: false }],
  ] satisfies [string, OrderWish][])("finds the same kind of sale as the webhook: %s", async (kind, wish) => {
    const order = sandbox.placeOrder(SHOP, { at: time.now - 60 * MINUTE, ...wish });
    await byWebhook(order);
    const facts = async () => {
      const [row] = await conversions();
      const { source, actionSource, eventTime, paidAt, clientIp } = row ?? {};
      const deliveries = await store.database.prisma.delivery.findMany({
        where: { conversionId: row?.id ?? 0n },
      });
      const what = deliveries.map(({ state, skipReason }) => [state === "skipped", skipReason]);
      const day = paidAt?.toISOString().slice(0, 10);
      return { source, actionSource, eventTime, day, clientIp, what };
    };
    const brought = await facts();
    expect(brought.source).toBe(kind);
    await store.database.prisma.conversion.deleteMany();
    expect(await sweepStores(deps(), signal)).toMatchObject({ taken: 1 });
    expect(await facts()).toEqual(brought);
    if (kind === "import") expect(brought.what.every(([, reason]) => reason === "too_old")).toBe(true);
  });

  it("takes in what a part was refunded of, at what is left, and nothing that is no sale", async () => {
    const at = time.now - 60 * MINUTE;
    const place = (financial_status: FinancialStatus, changes: object = {}) => {
      const record = sandbox.placeOrder(SHOP, { at });
      record.payload = { ...record.payload, financial_status, ...changes };
      return record;
    };
    const left = {
      shop_money: { amount: "12.00", currency_code: "USD" },
      presentment_money: { amount: "12.00", currency_code: "USD" },
    };
    const refunded = place("partially_refunded", {
      current_total_price: "12.00",
      current_total_price_set: left,
    });
    for (const status of ["pending", "authorized", "partially_paid", "refunded", "voided"] as const)
      place(status);
    expect(await sweepStores(deps(), signal)).toMatchObject({ seen: 1, taken: 1, failed: 0 });
    const [row] = await conversions();
    expect([row?.orderId, row?.value?.toString(), row?.via]).toEqual([refunded.id, "12", "sweep"]);
    await store.database.prisma.conversion.deleteMany();
    await byWebhook(refunded);
    const [webhook] = await conversions();
    expect([webhook?.orderId, webhook?.value?.toString()]).toEqual([refunded.id, "12"]);
  });

  it("takes in a past sale that was brought over after the installation, under its own date", async () => {
    const record = sandbox.placeOrder(SHOP, { at: time.now - 60 * MINUTE });
    const sold = "2023-05-01T10:00:00Z";
    record.payload = { ...record.payload, processed_at: sold };
    record.processedAt = Date.parse(sold);
    record.transactions.splice(0);
    expect(await sweepStores(deps(), signal)).toMatchObject({ taken: 1, failed: 0 });
    const [row] = await conversions();
    expect((row?.document as { eventTime: number }).eventTime).toBe(Date.parse(sold) / 1000);
    const deliveries = await store.database.prisma.delivery.findMany();
    expect(deliveries.map(({ state, skipReason }) => [state, skipReason])).toEqual([["skipped", "too_old"]]);
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
  });

  it("sweeps a store again at once when its merchant signs in, where the last sweep failed", async () => {
    const lost = sandbox.placeOrder(SHOP, { at: time.now - 60 * MINUTE });
    await store.database.prisma.session.deleteMany();
    expect(await sweepStores(deps(), signal)).toMatchObject({ failed: 1 });
    expect((await storeRow()).sweepProblem).toContain("Open Tandem once");
    await signIn(sandbox, app);
    await sweepAgain(deps(), SHOP, signal);
    expect((await storeRow()).sweepProblem).toBeNull();
    expect((await conversions()).map(({ orderId }) => orderId)).toEqual([lost.id]);
    // Where nothing failed, Shopify is not asked.
    sandbox.placeOrder(SHOP, { at: time.now - 50 * MINUTE });
    await sweepAgain(deps(), SHOP, signal);
    expect((await conversions()).length).toBe(1);
  });

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

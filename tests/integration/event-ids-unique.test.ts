import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { readStoredConversion } from "#app/conversions/read-stored.ts";
import { receiveOrdersPaid } from "#app/intake/receive-orders-paid.server.ts";
import { createIntake } from "#app/intake/take-in-order.server.ts";
import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createMetrics } from "#app/platform/process/metrics.server.ts";
import { readEventDetail } from "#app/quality/read-event-detail.server.ts";
import { sayText } from "#app/texts/texts.ts";
import { createRefuseWebhook } from "#app/stores/shopify/refuse-webhook.server.ts";
import { switchToOrderIdRule } from "#app/stores/settings/switch-to-order-id-rule.server.ts";
import { createVerifyWebhook } from "#app/stores/shopify/verify-webhook.server.ts";
import { startMeta, type MetaSandbox } from "#sandbox/meta/start-meta.ts";
import {
  addToStore,
  createTestWorker,
  drain,
  testClock,
  type TestClock,
} from "#tests/drill/outbox-fixture.ts";
import { openPairing, report } from "#tests/setup/open-pairing.ts";
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

const SECRET = "webhook-secret";
const SHOP = "pairing.myshopify.com";
const OTHER_SHOP = "other.myshopify.com";
const DATASET = "5510001";
const FIELD_A = readFileSync("tests/orders/field/03_order_number_twice_a.json", "utf8");
const FIELD_B = readFileSync("tests/orders/field/03_order_number_twice_b.json", "utf8");
/** The IDs of those two; both have the number 2901. */
const [A, B] = ["6100000000901", "6100000000902"];
const TOKEN_B = "00000000000000000000000000000902";

const verifyWebhook = createVerifyWebhook({ SHOPIFY_API_SECRET: SECRET });

describe.each(DATABASE_KINDS)("one event ID, one order of a store, on the %s database", (databaseKind) => {
  let store: TestDatabase;
  let storeId: bigint;
  let meta: MetaSandbox;
  let time: TestClock;
  let second: Database | undefined;
  const log = createLog("silent");

  beforeAll(async () => {
    store = await openTestDatabase(databaseKind);
    // The same database through another pool, as a second process has it; the embedded one is one process's.
    if (databaseKind === "server") second = await openDatabase({ databaseUrl: store.url, log, poolSize: 4 });
  });
  afterAll(async () => {
    await second?.close();
    await store.destroy();
  });
  beforeEach(async () => {
    await store.database.prisma.store.deleteMany();
    time = testClock();
    meta = await startMeta({ now: time.clock });
    const created = await store.database.prisma.store.create({
      data: { shop: SHOP, webPixelState: "connected" },
    });
    storeId = created.id;
    await addToStore(store.database, storeId, DATASET, meta);
    await store.database.prisma.store.create({ data: { shop: OTHER_SHOP } });
  });
  afterEach(() => meta.close());

  /** A process of its own: intake and webhook endpoint on one pool. */
  const openProcess = (database: Database) => {
    const metrics = createMetrics();
    const deps = {
      verifyWebhook,
      refuseWebhook: createRefuseWebhook({ log, metrics }),
      intake: createIntake({ database, clock: time.clock, log }),
      log,
      metrics,
    };
    return async (body: string, shop = SHOP): Promise<number> => {
      const request = new Request("https://tandem.example.com/webhooks/orders/paid", {
        method: "POST",
        body,
        headers: {
          "x-shopify-topic": "orders/paid",
          "x-shopify-shop-domain": shop,
          "x-shopify-api-version": "2026-10",
          "x-shopify-webhook-id": randomUUID(),
          "x-shopify-hmac-sha256": createHmac("sha256", SECRET).update(body).digest("base64"),
        },
      });
      return (await receiveOrdersPaid(deps, request)).status;
    };
  };
  /** The order as paid a moment ago. */
  const fresh = (text: string, more: Record<string, unknown> = {}): string => {
    const paid = new Date(time.clock() - 5_000).toISOString();
    const order = { ...(JSON.parse(text) as object), processed_at: paid, created_at: paid, updated_at: paid };
    return JSON.stringify({ ...order, ...more });
  };
  const numbered = (id: number, number: number | null, token = String(id)) =>
    fresh(FIELD_A, { id, order_number: number, checkout_token: token });
  const eventIds = async (): Promise<Record<string, string>> => {
    const rows = await store.database.prisma.conversion.findMany({
      where: { storeId },
      orderBy: { id: "asc" },
    });
    return Object.fromEntries(rows.map(({ orderId, eventId }) => [orderId, eventId]));
  };
  const deliverAll = async (): Promise<void> => {
    time.pass(60_000);
    const { worker, close } = createTestWorker(store.database, meta.graphUrl, time.clock);
    await drain(worker);
    await close();
  };
  const countedAtMeta = () => meta.events().map(({ id, counted }) => [id, counted]);

  it("counts both of two sales with one order number", async () => {
    const receive = openProcess(store.database);
    expect(await receive(fresh(FIELD_A))).toBe(200);
    expect(await receive(fresh(FIELD_B))).toBe(200);
    await deliverAll();
    expect(countedAtMeta()).toEqual([
      ["2901", 1],
      [B, 1],
    ]);
  });

  it("tells the browser the ID that is stored, so that both copies count as one", async () => {
    const receive = openProcess(store.database);
    await receive(fresh(FIELD_A));
    await receive(fresh(FIELD_B));
    const setup = openPairing(store.database, { clock: time.clock });
    const { body } = await setup.ask(report(B, { checkoutToken: TOKEN_B, clientTime: time.clock() - 4_000 }));
    expect(body).toMatchObject({ fire: true, eventId: B, orderId: B });
    const hit = new URLSearchParams({
      id: DATASET,
      ev: "Purchase",
      eid: String(body["eventId"]),
      "cd[value]": String(body["value"]),
      "cd[currency]": String(body["currency"]),
    });
    await fetch(`${meta.trUrl}?${hit}`);
    await deliverAll();
    expect(countedAtMeta().sort()).toEqual([
      ["2901", 1],
      [B, 1],
    ]);
    expect(meta.events().find(({ id }) => id === B)?.copies).toHaveLength(2);
  });

  it("tells so in the stored record and on the event's page", async () => {
    const receive = openProcess(store.database);
    await receive(fresh(FIELD_A));
    await receive(fresh(FIELD_B));
    const row = await store.database.prisma.conversion.findFirstOrThrow({ where: { orderId: B } });
    const document = readStoredConversion(row.document);
    expect(document?.eventId).toBe(B);
    expect(document?.dropped).toContainEqual({
      key: "event_id",
      from: "order.order_number",
      reason: "used_by_another_order",
    });
    expect(document?.provenance).toContainEqual({ key: "event_id", from: "order.id" });
    const pageOf = (id: bigint) =>
      readEventDetail(store.database, {
        store: { id: storeId },
        id: String(id),
        graphUrl: meta.graphUrl,
        now: time.clock(),
      });
    expect((await pageOf(row.id))?.notes.map(sayText)).toEqual([
      `Order number 2901 was used before by order ${A} (#2901), so this sale is identified by its order ID.`,
    ]);
    const first = await store.database.prisma.conversion.findFirstOrThrow({ where: { orderId: A } });
    expect((await pageOf(first.id))?.notes).toEqual([]);
    await store.database.prisma.conversion.delete({ where: { id: first.id } });
    expect((await pageOf(row.id))?.notes.map(sayText)).toEqual([
      "Order number 2901 was used before by another order, so this sale is identified by its order ID.",
    ]);
  });

  it("gives the number to one of many that come at once, and each of the others its order ID", async () => {
    const receive = openProcess(store.database);
    const ids = Array.from({ length: 40 }, (_, index) => 7_000_000_000_000 + index);
    const statuses = await Promise.all(ids.map((id) => receive(numbered(id, 5500))));
    expect(new Set(statuses)).toEqual(new Set([200]));
    const stored = await eventIds();
    expect(Object.keys(stored)).toHaveLength(ids.length);
    expect(new Set(Object.values(stored)).size).toBe(ids.length);
    const holders = Object.entries(stored).filter(([, eventId]) => eventId === "5500");
    expect(holders).toHaveLength(1);
    expect(Object.entries(stored).every(([id, eventId]) => eventId === "5500" || eventId === id)).toBe(true);
  });

  it("gives it to one of two processes, whatever order they take the orders in", async () => {
    const processes = [openProcess(store.database), openProcess(second ?? store.database)];
    const ids = Array.from({ length: 30 }, (_, index) => 7_100_000_000_000 + index);
    // Ten numbers, each asked for by three orders; every order goes to both processes, which begin at opposite ends.
    const orders = ids.map((id, index) => numbered(id, 6000 + (index % 10)));
    const statuses = await Promise.all(
      processes.flatMap((receive, process) =>
        (process === 0 ? orders : orders.toReversed()).map((order) => receive(order)),
      ),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    const stored = await eventIds();
    expect(Object.keys(stored).sort()).toEqual(ids.map(String));
    expect(new Set(Object.values(stored)).size).toBe(ids.length);
    const numbers = Object.values(stored).filter((eventId) => eventId.length === 4);
    expect(numbers.sort()).toEqual(Array.from({ length: 10 }, (_, index) => String(6000 + index)));
    expect(await store.database.prisma.delivery.count()).toBe(ids.length);
  });

  it("keeps an order's ID however often it comes again, also under another rule", async () => {
    const receive = openProcess(store.database);
    await receive(fresh(FIELD_A));
    await receive(fresh(FIELD_B));
    for (const again of [FIELD_B, FIELD_A, FIELD_B]) await receive(fresh(again));
    await switchToOrderIdRule({ database: store.database, clock: Date.now }, storeId);
    await Promise.all([FIELD_A, FIELD_B, FIELD_B].map((again) => receive(fresh(again))));
    expect(await eventIds()).toEqual({ [A]: "2901", [B]: B });
    expect(await store.database.prisma.delivery.count()).toBe(2);
    const counted = await store.database.prisma.$queryRaw<{ orders: bigint }[]>`
      SELECT sum(count)::bigint AS orders FROM tally_delta WHERE store_id = ${storeId}::bigint AND metric = 'order'`;
    expect(Number(counted[0]?.orders)).toBe(2);
  });

  it.each([
    ["a number that is another order's ID", "order_id", { 901: null, 55: 901 }, { 901: "901", 55: "55" }],
    ["an ID that is another order's number", "order_number", { 55: 901, 901: 55 }, { 55: "901", 901: "55" }],
    [
      "a number and an ID that other orders have",
      "order_number",
      { 55: 901, 56: 77, 901: 77 },
      { 55: "901", 56: "77", 901: "order-901" },
    ],
    [
      "an order without a number whose ID is taken",
      "order_number",
      { 55: 901, 901: null },
      {
        55: "901",
        901: "order-901",
      },
    ],
  ] as const)("finds a free ID for %s", async (_name, firstRule, orders, expected) => {
    const receive = openProcess(store.database);
    const { prisma } = store.database;
    await prisma.store.update({ where: { id: storeId }, data: { eventIdRule: firstRule } });
    const entries = Object.entries(orders) as [string, number | null][];
    // Object keys that are numbers are sorted: the first order is the one with the lowest ID, but for the first case.
    if (firstRule === "order_id") entries.reverse();
    for (const [id, number] of entries) {
      expect(await receive(numbered(Number(id), number))).toBe(200);
      await prisma.store.update({ where: { id: storeId }, data: { eventIdRule: "order_number" } });
    }
    expect(await eventIds()).toEqual(expected);
  });

  it("does not mix stores, and a number that was freed by deletion is free", async () => {
    const receive = openProcess(store.database);
    await receive(fresh(FIELD_A), OTHER_SHOP);
    await receive(fresh(FIELD_B));
    expect(await eventIds()).toEqual({ [B]: "2901" });
    await store.database.prisma.conversion.deleteMany({ where: { storeId } });
    await receive(fresh(FIELD_A));
    expect(await eventIds()).toEqual({ [A]: "2901" });
  });
});

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { createDeliveryWorker } from "#app/delivery/delivery-worker.server.ts";
import { createIntake } from "#app/intake/take-in-order.server.ts";
import { parseOrder } from "#app/conversions/order/parse-order.ts";
import type { EventsAnswer, Rejection } from "#app/meta/classify-answer.ts";
import { systemClock } from "#app/platform/process/clock.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createMetrics } from "#app/platform/process/metrics.server.ts";
import { isRefusedByValue, sqlStateOf } from "#app/platform/database/sql-state.server.ts";
import { seededRandom } from "#sandbox/shopify/orders/seeded-random.ts";
import { addDataset, addOrders, countStates, drain, secretBox } from "#tests/drill/outbox-fixture.ts";
import { oddOrder } from "#tests/security/odd-order.ts";
import { openWebhookDesk, orderBody } from "#tests/security/webhook-desk.ts";
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const POISON = "poison.myshopify.com";
const healthyShop = (index: number) => `healthy-${index}.myshopify.com`;
const HEALTHY = 50;

describe.each(DATABASE_KINDS)("a row that the %s database refuses", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let desk: ReturnType<typeof openWebhookDesk>;

  beforeAll(async () => {
    // Refusals that no value of today's columns brings any more: one of each class.
    await test.database.prisma.$executeRaw`
      ALTER TABLE conversion ADD CONSTRAINT refuse_23 CHECK (order_name IS DISTINCT FROM '#23')`;
    await test.database.prisma.$executeRawUnsafe(`
      CREATE FUNCTION refuse_22() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.order_name = '#22' THEN RAISE EXCEPTION USING ERRCODE = '22003', MESSAGE = 'numeric field overflow'; END IF;
        RETURN NEW;
      END $$`);
    await test.database.prisma.$executeRaw`
      CREATE TRIGGER refuse_22 BEFORE INSERT ON conversion FOR EACH ROW EXECUTE FUNCTION refuse_22()`;
  });
  beforeEach(async () => {
    const { prisma } = test.database;
    await prisma.store.deleteMany();
    const shops = [POISON, ...Array.from({ length: HEALTHY }, (_, index) => healthyShop(index))];
    for (const shop of shops)
      await prisma.store.create({ data: { shop, datasets: { create: { datasetId: "111" } } } });
    desk = openWebhookDesk(test.database, Date.now());
  });

  /** The poison in the middle of orders of fifty other stores, all at once. */
  const sendAmong = async (poison: string): Promise<{ healthy: Record<number, number>; poison: number }> => {
    const order = (index: number) => orderBody(String(6_500_000_000_000 + index), desk.time.now);
    const half = HEALTHY / 2;
    const before = Array.from({ length: half }, (_, index) => desk.receive(healthyShop(index), order(index)));
    const mine = desk.receive(POISON, poison);
    const after = Array.from({ length: half }, (_, index) =>
      desk.receive(healthyShop(half + index), order(half + index)),
    );
    const statuses = await Promise.all([...before, ...after]);
    const healthy: Record<number, number> = {};
    for (const status of statuses) healthy[status] = (healthy[status] ?? 0) + 1;
    return { healthy, poison: await mine };
  };
  const ofPoison = () =>
    test.database.prisma.conversion.findMany({
      where: { store: { shop: POISON } },
      include: { deliveries: true },
    });

  it.each(["#22", "#23"])(
    "fails alone, is noted for its merchant, and is refused again (%s)",
    async (name) => {
      const poison = orderBody("6400000000001", desk.time.now, { name });
      expect(await sendAmong(poison)).toEqual({ healthy: { 200: HEALTHY }, poison: 422 });
      const noted = async () => {
        const rows = await ofPoison();
        return rows.map(({ orderId, orderName, clientIp, deliveries }) => ({
          orderId,
          orderName,
          clientIp,
          states: deliveries.map(({ state, skipReason }) => [state, skipReason]),
        }));
      };
      const expected = [
        { orderId: "6400000000001", orderName: null, clientIp: null, states: [["skipped", "refused"]] },
      ];
      expect(await noted()).toEqual(expected);
      expect(await desk.receive(POISON, poison)).toBe(422);
      expect(await noted()).toEqual(expected);
      expect(await test.database.prisma.conversion.count()).toBe(HEALTHY + 1);
    },
  );

  it.each(["100000000000000.00", "1e20", "9".repeat(400), "-1.00", "NaN"])(
    "an amount of %s harms nobody, and is never a purchase of 0",
    async (amount) => {
      const money = { amount, currency_code: "USD" };
      const set = { shop_money: money, presentment_money: money };
      const poison = orderBody("6400000000002", desk.time.now, {
        current_total_price: amount,
        current_total_price_set: set,
        total_price: amount,
        total_price_set: set,
      });
      expect(await sendAmong(poison)).toEqual({ healthy: { 200: HEALTHY }, poison: 200 });
      const [row] = await ofPoison();
      expect(row?.deliveries).toMatchObject([{ state: "skipped", skipReason: "no_value" }]);
    },
  );

  it("odd values in any field harm nobody", async () => {
    const random = seededRandom(20261126);
    for (let round = 0; round < 6; round += 1) {
      await test.database.prisma.conversion.deleteMany();
      const id = String(6_400_000_001_000 + round);
      const { healthy, poison } = await sendAmong(oddOrder(random, id, desk.time.now));
      expect(healthy).toEqual({ 200: HEALTHY });
      expect([200, 401, 422]).toContain(poison);
    }
  });

  it("orders taken in one after the other are all stored", async () => {
    const intake = createIntake({ database: test.database, clock: systemClock, log: createLog("silent") });
    for (let index = 0; index < 12; index += 1) {
      const parsed = parseOrder(
        orderBody(String(6_600_000_000_000 + index), Date.now(), { order_number: index + 1 }),
      );
      if (!parsed.ok) throw new Error(parsed.problem.message);
      const outcome = await intake.takeIn({ shop: healthyShop(0), order: parsed.order, via: "sweep" });
      expect(outcome.kind).toBe("stored");
    }
    await intake.idle();
  });

  it("is told from a database that is away by its SQLSTATE", async () => {
    const { prisma } = test.database;
    const stateOf = async (statement: Promise<unknown>) => {
      const error: unknown = await statement.then(
        () => new Error("it was not refused"),
        (thrown: unknown) => thrown,
      );
      return [sqlStateOf(error), isRefusedByValue(error)];
    };
    expect(await stateOf(prisma.$queryRaw`SELECT 1e20::numeric(18, 4)`)).toEqual(["22003", true]);
    expect(await stateOf(prisma.$queryRaw`SELECT ${"a\0b"}::text`)).toEqual(["22021", true]);
    expect(await stateOf(prisma.$executeRaw`INSERT INTO store (shop) VALUES (NULL)`)).toEqual([
      "23502",
      true,
    ]);
    expect(await stateOf(prisma.$queryRaw`SELECT * FROM nothing`)).toEqual(["42P01", false]);
    expect(await stateOf(Promise.reject(new Error("connect ECONNREFUSED")))).toEqual([undefined, false]);
  });
});

describe.each(DATABASE_KINDS)(
  "an answer of Meta's that cannot be stored, on the %s database",
  (databaseKind) => {
    let test: TestDatabase;
    let close: () => Promise<void> = () => Promise.resolve();
    beforeAll(async () => {
      test = await openTestDatabase(databaseKind);
    });
    afterEach(() => close());
    afterAll(() => test.destroy());

    const accepted: EventsAnswer = { kind: "accepted", status: 200, received: 1, fbtraceId: "trace" };
    const rejected: Rejection = {
      kind: "rejected",
      class: "payload",
      remedy: null,
      status: 400,
      code: 100,
      subcode: 2804019,
      message: "no",
      fbtraceId: "trace",
      retryAfterMs: null,
      mayHaveArrived: false,
    };

    // As if nothing had been clamped before.
    it.each<readonly [string, EventsAnswer, string]>([
      ["NUL in the trace of an accepted event", { ...accepted, fbtraceId: "a\0b" }, "delivered"],
      ["NUL in a message", { ...rejected, message: "a\0b" }, "dead"],
      ["a code beyond 32 bits", { ...rejected, code: 99_999_999_999 }, "dead"],
      ["a code that is no whole number", { ...rejected, subcode: 1.5 }, "dead"],
    ])("%s: all others are settled, and nothing goes twice", async (_name, answer, state) => {
      await test.database.prisma.store.deleteMany();
      const now = Date.now();
      const odd = await addDataset(test.database, "640000");
      await addOrders(test.database, odd, { count: 1, from: 7_001, paidAt: now });
      for (let index = 0; index < 20; index += 1) {
        const healthy = await addDataset(test.database, String(650_000 + index));
        await addOrders(test.database, healthy, { count: 2, from: 1_001 + index * 10, paidAt: now });
      }
      const sent: string[] = [];
      const worker = createDeliveryWorker({
        database: test.database,
        secretBox,
        clock: () => now,
        log: createLog("silent"),
        metrics: createMetrics(),
        graph: {
          sendEvents: ({ datasetId, events }) => {
            sent.push(...events.map(({ event_id }) => event_id));
            const said = datasetId === odd.metaId ? answer : { ...accepted, received: events.length };
            return Promise.resolve({ answer: said, durationMs: 1 });
          },
          debugToken: () => Promise.reject(new Error("not asked")),
        },
      });
      close = () => worker.stop();
      await drain(worker);
      expect(await countStates(test.database)).toEqual(
        state === "delivered" ? { delivered: 41 } : { delivered: 40, [state]: 1 },
      );
      expect(new Set(sent).size).toBe(sent.length);
    });
  },
);

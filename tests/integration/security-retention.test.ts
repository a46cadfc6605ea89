import { beforeEach, describe, expect, it } from "vitest";

import { vacuumErased } from "#app/privacy/run-retention.server.ts";
import { openWebhookDesk } from "#tests/security/webhook-desk.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const SHOP = "retention.myshopify.com";
const START = Date.parse("2026-11-22T12:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe.each(DATABASE_KINDS)("retention on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let desk: ReturnType<typeof openWebhookDesk>;
  let storeId: bigint;
  beforeEach(async () => {
    const { prisma } = test.database;
    await prisma.store.deleteMany();
    await prisma.retentionMark.deleteMany();
    await prisma.job.deleteMany();
    desk = openWebhookDesk(test.database, START);
    const store = await prisma.store.create({
      data: {
        shop: SHOP,
        retentionDays: 30,
        installedAt: new Date(START),
        datasets: { create: { datasetId: "111", createdAt: new Date(START) } },
      },
    });
    storeId = store.id;
    await desk.pay(SHOP, "6100000000001");
    await desk.pay(SHOP, "6100000000002");
    await settle("6100000000001", "skipped");
    await prisma.browserReport.create({
      data: {
        storeId,
        orderId: "6100000000001",
        checkoutTokenHash: "h",
        receivedAt: new Date(START),
        document: { fbp: "fb.1.1.1" },
        clientIp: "203.0.113.10",
        clientUserAgent: "Mozilla/5.0",
        conversionId: (await conversion("6100000000001")).id,
      },
    });
  });
  const settle = (orderId: string, state: string) =>
    test.database.prisma.delivery.updateMany({
      where: { conversion: { orderId } },
      data: { state, sentPayload: { event_id: "923177" }, lastMessage: "ok" },
    });
  const conversion = (orderId: string) =>
    test.database.prisma.conversion.findFirstOrThrow({
      where: { storeId, orderId },
      include: { deliveries: true },
    });
  const report = () => test.database.prisma.browserReport.findFirst({ where: { storeId } });

  it("erases address and browser once nothing is left to send, and leaves the rest", async () => {
    desk.time.now += 2 * HOUR;
    await desk.retain();
    expect(await conversion("6100000000001")).toMatchObject({ clientIp: null, clientUserAgent: null });
    expect((await conversion("6100000000001")).document).not.toBeNull();
    expect(await report()).toMatchObject({
      clientIp: null,
      clientUserAgent: null,
      document: { fbp: "fb.1.1.1" },
    });
    expect((await conversion("6100000000002")).clientIp).toBe("203.0.113.10");
  });

  it("erases address and browser after eight days whatever became of the delivery", async () => {
    await settle("6100000000002", "held");
    desk.time.now += 8 * DAY + HOUR;
    await desk.retain();
    expect(await conversion("6100000000002")).toMatchObject({ clientIp: null, clientUserAgent: null });
  });

  it("erases what was sent after the store's retention, keeps the line in the books, closes what is open", async () => {
    desk.time.now += 30 * DAY - HOUR;
    await desk.retain();
    expect((await conversion("6100000000002")).document).not.toBeNull();
    desk.time.now += 2 * HOUR;
    await desk.retain();
    expect(await conversion("6100000000001")).toMatchObject({
      document: null,
      orderId: "6100000000001",
      eventId: "923177",
      deliveries: [{ state: "skipped", sentPayload: null, lastMessage: null }],
    });
    expect(await conversion("6100000000002")).toMatchObject({
      document: null,
      deliveries: [{ state: "skipped", skipReason: "too_old", settledAt: new Date(desk.time.now) }],
    });
    expect(await report()).toMatchObject({ document: null, copy: null });
  });

  it("closes nothing that Meta still takes: a sale in person has 62 days, and holds up no other's erasure", async () => {
    const where = { conversion: { orderId: "6100000000001" } };
    await test.database.prisma.delivery.updateMany({
      where,
      data: { state: "held", expiresAt: new Date(START + 62 * DAY - HOUR) },
    });
    await settle("6100000000002", "delivered");
    for (const days of [31, 45, 61]) {
      desk.time.now = START + days * DAY;
      await desk.retain();
      const held = await conversion("6100000000001");
      expect(held.deliveries).toMatchObject([{ state: "held" }]);
      expect(held.document).not.toBeNull();
      expect((await conversion("6100000000002")).document).toBeNull();
    }
    desk.time.now = START + 62 * DAY;
    await desk.retain();
    expect(await conversion("6100000000001")).toMatchObject({
      document: null,
      deliveries: [{ state: "skipped", skipReason: "too_old", sentPayload: null }],
    });
    expect(await test.database.prisma.retentionKept.count()).toBe(0);
  });

  it("forgets a test event code that has ended", async () => {
    const { prisma } = test.database;
    const code = { testEventCode: "TEST12345", testEventCodeExpiresAt: new Date(START + DAY) };
    await prisma.store.update({ where: { id: storeId }, data: code });
    desk.time.now = START + DAY - HOUR;
    await desk.retain();
    expect(await prisma.store.findUniqueOrThrow({ where: { id: storeId } })).toMatchObject(code);
    desk.time.now = START + DAY;
    await desk.retain();
    expect(await prisma.store.findUniqueOrThrow({ where: { id: storeId } })).toMatchObject({
      testEventCode: null,
      testEventCodeExpiresAt: null,
    });
  });

  it("erases what was kept once it is sent", async () => {
    await test.database.prisma.delivery.updateMany({
      where: { conversion: { orderId: "6100000000001" } },
      data: { state: "retrying", expiresAt: new Date(START + 62 * DAY) },
    });
    desk.time.now = START + 40 * DAY;
    await desk.retain();
    await settle("6100000000001", "delivered");
    await desk.retain();
    expect(await conversion("6100000000001")).toMatchObject({
      document: null,
      deliveries: [{ state: "delivered", sentPayload: null }],
    });
  });

  it("keeps what a person's resend of a failed event needs while Meta takes it, and no longer", async () => {
    await settle("6100000000002", "dead");
    desk.time.now += 2 * HOUR;
    await desk.retain();
    expect((await conversion("6100000000002")).clientIp).toBe("203.0.113.10");
    desk.time.now = START + 8 * DAY + HOUR;
    await desk.retain();
    expect(await conversion("6100000000002")).toMatchObject({ clientIp: null, clientUserAgent: null });
  });

  it("does not pull a payload from under a worker that is sending it", async () => {
    const where = { conversion: { orderId: "6100000000001" } };
    desk.time.now += 31 * DAY;
    await test.database.prisma.delivery.updateMany({
      where,
      data: { state: "leased", leaseUntil: new Date(desk.time.now + 60_000) },
    });
    await desk.retain();
    expect((await conversion("6100000000001")).document).not.toBeNull();
    desk.time.now += 61_000;
    await desk.retain();
    expect((await conversion("6100000000001")).document).toBeNull();
  });

  it("forgets reports that no order joined, attempts, test purchases and silent themes, each in its time", async () => {
    const { prisma } = test.database;
    const dataset = await prisma.dataset.findFirstOrThrow({ where: { storeId } });
    const at = new Date(START);
    await prisma.browserReport.create({
      data: { storeId, orderId: "1", checkoutTokenHash: "h", receivedAt: at, clientIp: "203.0.113.10" },
    });
    await prisma.attempt.create({
      data: { storeId, datasetId: dataset.id, startedAt: at, durationMs: 5, events: 1, class: "ok" },
    });
    await prisma.testRun.create({
      data: { storeId, datasetId: dataset.id, startedAt: at, eventId: "t", steps: [] },
    });
    await prisma.heartbeat.create({ data: { storeId, theme: "1", version: "1.0.0", lastSeenAt: at } });
    await prisma.sighting.create({
      data: { storeId, kind: "page_pixel", sender: "theme", firstSeenAt: at, lastSeenAt: at },
    });
    await prisma.storeChange.create({ data: { storeId, at, kind: "dataset_paused", by: "merchant" } });
    const counts = async () => [
      await prisma.browserReport.count({ where: { storeId } }),
      await prisma.attempt.count({ where: { storeId } }),
      await prisma.testRun.count({ where: { storeId } }),
      await prisma.heartbeat.count({ where: { storeId } }),
      await prisma.sighting.count({ where: { storeId } }),
      await prisma.conversion.count({ where: { storeId } }),
      await prisma.storeChange.count({ where: { storeId } }),
    ];
    const after = async (days: number) => {
      desk.time.now = START + days * DAY + 1000;
      await desk.retain();
      return counts();
    };
    expect(await after(1)).toEqual([2, 1, 1, 1, 1, 2, 1]);
    expect(await after(2)).toEqual([1, 1, 1, 1, 1, 2, 1]);
    expect(await after(30)).toEqual([1, 0, 0, 1, 1, 2, 1]);
    expect(await after(90)).toEqual([1, 0, 0, 0, 0, 2, 1]);
    expect(await after(400)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it("walks many small steps, each row once, and ends when asked", async () => {
    const { prisma } = test.database;
    await prisma.$executeRaw`
      INSERT INTO conversion (store_id, event_name, source_key, event_id, event_time, paid_at, received_at, source, action_source, document, client_ip)
      SELECT ${storeId}::bigint, 'Purchase', g::text, g::text, ${new Date(START)}::timestamptz, ${new Date(START)}::timestamptz,
             ${new Date(START)}::timestamptz, 'web', 'website', '{}', '203.0.113.10'
      FROM generate_series(1, 3500) AS g`;
    desk.time.now += 31 * DAY;
    expect(await desk.retain()).toMatchObject({
      kind: "finished",
      result: { clientDetails: 3502, payloadDetails: 3502 },
    });
    expect(await desk.retain()).toMatchObject({ result: { clientDetails: 0, payloadDetails: 0 } });
  });

  it("makes the space of erased rows reusable where the database does not do so by itself", async () => {
    expect(await vacuumErased(test.database)).toEqual({ tables: databaseKind === "embedded" ? 8 : 0 });
  });
});

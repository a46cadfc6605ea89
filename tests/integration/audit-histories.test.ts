import { describe, expect, it } from "vitest";

import type { CheckCode } from "#app/audit/check.ts";
import { readAudit } from "#app/audit/read-audit.server.ts";
import { runAudit } from "#app/audit/run-audit.server.ts";
import type { Database } from "#app/platform/database/database.server.ts";
import { countFunnel } from "#tests/setup/fill-funnel.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { dropped, keysWithout, plantIn, sent } from "#tests/setup/plant-audit-faults.ts";
import { HEALTHY_QUALITY, NOW, seedHealthyStore, type SeededStore } from "#tests/setup/seed-audit-history.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

/** 560 orders of 28 days; the newest is number 560. */
const SHAPE = { perDay: 20, days: 28 };
const HOUR_MS = 3_600_000;

async function failing(database: Database, { storeId }: SeededStore): Promise<readonly CheckCode[]> {
  const store = await database.prisma.store.findUniqueOrThrow({ where: { id: storeId } });
  await runAudit(database, store, NOW);
  const { open } = await readAudit(database, store, NOW);
  return open.map(({ code }) => code).sort();
}

describe.each(DATABASE_KINDS)("the audit on the %s database", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let made = 0;
  const seed = async (shape = SHAPE) => {
    made += 1;
    const seeded = await seedHealthyStore(
      test.database,
      `audited-${databaseKind}-${made}.myshopify.com`,
      shape,
    );
    return { seeded, plant: plantIn(test.database, seeded), prisma: test.database.prisma };
  };

  it.each([
    ["small", { perDay: 1, days: 90 }],
    ["medium", { perDay: 20, days: 90 }],
    ["large", { perDay: 70, days: 90 }],
  ])("raises nothing in a healthy %s store of 90 days", async (_size, shape) => {
    const { seeded } = await seed(shape);
    expect(await failing(test.database, seeded)).toEqual([]);
    // A second look changes nothing and writes nothing.
    expect(await failing(test.database, seeded)).toEqual([]);
    expect(await test.database.prisma.findingChange.count({ where: { storeId: seeded.storeId } })).toBe(0);
  });

  it("raises each fault of senders and of event IDs, and no other", async () => {
    const { seeded, plant, prisma } = await seed();
    const { storeId, datasetRow } = seeded;
    await prisma.dataset.update({
      where: { id: datasetRow },
      data: {
        heldClass: "credential",
        heldAt: new Date(NOW - 26 * HOUR_MS),
        tokenExpiresAt: new Date(NOW + 200 * HOUR_MS),
      },
    });
    const { datasetId } = await prisma.dataset.findUniqueOrThrow({ where: { id: datasetRow } });
    const other = await prisma.store.create({
      data: { shop: `neighbour-${databaseKind}.myshopify.com`, datasets: { create: { datasetId } } },
    });
    await prisma.store.update({
      where: { id: storeId },
      data: {
        testEventCode: "TEST1",
        testEventCodeExpiresAt: new Date(NOW - 30 * HOUR_MS),
        valueBasis: "subtotal",
      },
    });
    await plant.conversions(500, 506, "via = 'sweep'");
    await plant.conversions(1, 120, "identity_keys = '{country}'");
    await plant.deliveries(559, 559, "sent_payload = sent_payload - 'event_id'");
    await plant.deliveries(558, 558, sent("event_id", '"#558"'));
    await plant.deliveries(556, 557, sent("event_id", '"556"'));
    await plant.deliveries(555, 555, sent("event_name", '"purchase"'));
    await plant.deliveries(554, 554, sent("custom_data,value", "49"));
    await plant.conversions(10, 160, "pairing = 'server_only'");
    await plant.reports(200, 270, "outcome_at = outcome_at + interval '20 minutes'");
    await plant.reports(280, 281, "outcome_at = outcome_at + interval '2 days'");
    await prisma.$executeRaw`
      INSERT INTO browser_report (store_id, order_id, checkout_token_hash, received_at, answer, outcome, conversion_id)
      SELECT store_id, order_id, 'another', received_at, 'fire', 'sent', conversion_id FROM browser_report
      WHERE store_id = ${storeId}::bigint AND checkout_token_hash = 'hash551'`;
    await prisma.browserReport.create({
      data: {
        storeId,
        orderId: "1",
        checkoutTokenHash: "stray",
        receivedAt: new Date(NOW - 12 * HOUR_MS),
        outcome: "sent",
      },
    });
    await plant.quality({
      event_coverage: { percentage: 60, goal_percentage: 75 },
      dedupe_key_feedback: [
        {
          dedupe_key: "event_id",
          browser_events_with_dedupe_key: { percentage: 90 },
          server_events_with_dedupe_key: { percentage: 99 },
        },
      ],
    });
    const found = await failing(test.database, seeded);
    await prisma.store.delete({ where: { id: other.id } });
    expect(found).toEqual(
      [
        "browserSentTwice",
        "browserUnpaid",
        "copiesApart",
        "copiesTooFarApart",
        "dedupKeys",
        "dedupRate",
        "eventCoverage",
        "eventIdForm",
        "eventIdMissing",
        "eventIdReused",
        "eventNames",
        "protectedDataMissing",
        "sharedDataset",
        "testCodeLeft",
        "tokenExpiring",
        "tokenRejected",
        "valueBasis",
        "valuesDiffer",
        "webhookLate",
      ].sort(),
    );
  });

  it("raises each fault of customer information, and no other", async () => {
    const { seeded, plant } = await seed();
    await plant.deliveries(1, 40, keysWithout("em"));
    await plant.deliveries(41, 240, keysWithout("fbp"));
    await plant.deliveries(241, 310, keysWithout("ct", "zp"));
    await plant.conversions(311, 345, dropped("ph", "not_a_valid_phone_number"));
    await plant.conversions(346, 349, dropped("fbc", "malformed"));
    await plant.conversions(350, 356, dropped("client_ip_address", "private_address"));
    await plant.conversions(357, 400, `document = document || '{"landedByAd":true}'`);
    await plant.deliveries(401, 412, "state = 'skipped', skip_reason = 'thin_identity'");
    await plant.quality({
      event_match_quality: {
        composite_score: 5.9,
        match_key_feedback: [{ identifier: "email", coverage: { percentage: 70 } }],
        diagnostics: [{ name: "Missing currency", affected_event_count: 5, total_event_count: 100 }],
      },
    });
    expect(await failing(test.database, seeded)).toEqual(
      [
        "addressNotBuyers",
        "clickIdsBroken",
        "coverageDiffers",
        "emailCoverage",
        "fbcCoverage",
        "fbpCoverage",
        "matchQuality",
        "metaDiagnostics",
        "phoneCoverage",
        "placeCoverage",
        "thinIdentity",
      ].sort(),
    );
  });

  it("raises each fault of time, money and delivery, and no other", async () => {
    const { seeded, plant, prisma } = await seed();
    const { storeId, datasetRow } = seeded;
    await plant.deliveries(1, 10, "first_sent_at = first_sent_at + interval '3 hours'");
    await plant.reports(11, 20, "document = jsonb_set(document, '{clientTime}', '1764000000000')");
    await plant.deliveries(21, 26, "state = 'skipped', skip_reason = 'too_old'");
    await plant.deliveries(27, 27, "state = 'retrying', expires_at = '2026-11-27T00:00:00Z'");
    await plant.conversions(30, 60, "value = 0");
    await plant.conversions(61, 61, "source = 'pos'");
    await plant.conversions(70, 559, `document = document || '{"consent":{"country":"CA"}}'`);
    await plant.deliveries(70, 310, "state = 'skipped', skip_reason = 'no_consent'");
    await prisma.$executeRaw`
      INSERT INTO attempt (store_id, dataset_id, started_at, duration_ms, events, class)
      SELECT ${storeId}::bigint, ${datasetRow}::bigint, ${new Date(NOW - 20 * HOUR_MS)}::timestamptz, 9000, 1, 'transient'
      FROM generate_series(1, 8)`;
    expect(await failing(test.database, seeded)).toEqual(
      [
        "consentLoss",
        "errorRate",
        "moneyOdd",
        "nearExpiry",
        "sentLate",
        "timeWrong",
        "tooOld",
        "wrongActionSource",
      ].sort(),
    );
  });

  it("raises each fault of a busy store's last days, and no other", async () => {
    const { seeded, plant, prisma } = await seed({ perDay: 60, days: 60 });
    const { storeId, datasetRow } = seeded;
    // Yesterday's browsers: 20 of 60 instead of 54.
    await plant.conversions(
      3495,
      3560,
      "pairing = CASE WHEN order_number::int % 3 = 0 THEN 'paired' ELSE 'server_only' END",
    );
    await plant.deliveries(1, 3600, keysWithout("ct", "zp", "ln", "ph", "external_id", "client_ip_address"));
    await prisma.scoreSnapshot.updateMany({
      where: { datasetId: datasetRow, day: { gte: new Date(NOW - 3 * 24 * HOUR_MS) } },
      data: {
        quality: {
          ...HEALTHY_QUALITY,
          event_match_quality: { ...HEALTHY_QUALITY.event_match_quality, composite_score: 8.2 },
          data_freshness: { upload_frequency: "hourly" },
        },
      },
    });
    await prisma.dataset.create({
      data: {
        storeId,
        datasetId: "555000111222333",
        sealedToken: "sealed",
        createdAt: new Date(NOW - HOUR_MS),
        checkResult: "ok",
        snapshots: {
          create: { storeId, day: new Date(NOW), takenAt: new Date(NOW - HOUR_MS), problem: "permission" },
        },
      },
    });
    await prisma.shopifyDay.updateMany({
      where: { storeId, day: new Date("2026-11-20") },
      data: { orders: { increment: 2 } },
    });
    await prisma.shopifyDay.updateMany({
      where: { storeId, day: { lt: new Date("2026-11-19"), gte: new Date("2026-11-10") } },
      data: { amount: { multiply: 1.05 } },
    });
    await prisma.shopifyDay.updateMany({ where: { storeId }, data: { refunded: 700 } });
    await prisma.receivedDay.createMany({
      data: ["2026-11-12", "2026-11-13", "2026-11-14"].map((day) => ({
        ...{ storeId, datasetId: datasetRow, day: new Date(day), eventName: "Purchase", total: 200 },
        uploadedAt: new Date(NOW),
      })),
    });
    await plant.deliveries(3000, 3001, "state = 'dead', last_class = 'payload', last_code = 100");
    expect(await failing(test.database, seeded)).toEqual(
      [
        "browserShare",
        "keysPerEvent",
        "matchQualityFalling",
        "metaCountDiffers",
        "notRealTime",
        "ordersUnaccounted",
        "paidNotTakenIn",
        "placeCoverage",
        "qualityForbidden",
        "refundedShare",
        "sumDiffers",
      ].sort(),
    );
  });

  it("raises each fault of the funnel, and no other", async () => {
    const { seeded, prisma } = await seed();
    const { storeId, datasetRow: datasetId } = seeded;
    await prisma.tally.deleteMany({ where: { storeId, metric: { in: ["funnel", "funnel_key"] } } });
    for (let back = 7; back >= 0; back -= 1) {
      const day = new Date(NOW - back * 24 * HOUR_MS).toISOString().slice(0, 10);
      // A tenth refused; AddToCart never comes; hardly a browser copy of a checkout, nor the browser's ID.
      await countFunnel(
        test.database,
        { storeId, datasetId, day },
        {
          ...{ "ViewContent:taken": 100, "ViewContent:paired": 80, "ViewContent:server_only": 10 },
          ...{ "ViewContent:browser_only": 10, "ViewContent:dead:payload": 10, "ViewContent:fbp": 85 },
          ...{ "InitiateCheckout:taken": 100, "InitiateCheckout:paired": 20 },
          ...{ "InitiateCheckout:server_only": 80, "InitiateCheckout:fbp": 30 },
        },
      );
      await countFunnel(test.database, { storeId, datasetId: 0n, day }, { "ViewContent:shed": 10 });
    }
    // Of yesterday Tandem sent 180 copies.
    await prisma.receivedDay.create({
      data: {
        ...{ storeId, datasetId, eventName: "ViewContent", total: 400 },
        day: new Date(NOW - 24 * HOUR_MS),
        uploadedAt: new Date(NOW),
      },
    });
    expect(await failing(test.database, seeded)).toEqual([
      "eventsFbp",
      "eventsRefused",
      "eventsSentTwice",
      "eventsShed",
      "eventsSilent",
      "eventsUnpaired",
    ]);
  });

  it("raises each fault that storefront pages and settings show, and no other", async () => {
    const { seeded, plant, prisma } = await seed();
    const { storeId, datasetRow } = seeded;
    const { datasetId } = await prisma.dataset.findUniqueOrThrow({ where: { id: datasetRow } });
    await plant.sightings(
      48,
      ["app_pixel", "channel", datasetId],
      ["server_side", "channel"],
      ["page_pixel", "theme", datasetId],
      ["page_pixel", "gtm", "777000111222333"],
      ["own_pixel", "tandem", "", "optimized"],
    );
    await prisma.store.update({ where: { id: storeId }, data: { contentId: "sku", consentCountries: [] } });
    await plant.conversions(400, 409, `document = document || '{"consent":{"country":"DE"}}'`);
    expect(await failing(test.database, seeded)).toEqual([
      "channelSameDataset",
      "channelServerSide",
      "consentPolicyGap",
      "contentIds",
      "otherSenderSameDataset",
      "pixelPaused",
      "unconnectedPixels",
    ]);
  });

  it("raises a web pixel that is not connected and an embed that is silent, and no other", async () => {
    const { seeded, prisma } = await seed();
    const { storeId } = seeded;
    await prisma.store.update({ where: { id: storeId }, data: { webPixelState: "failed" } });
    const lastSeenAt = new Date(NOW - 49 * HOUR_MS);
    await prisma.heartbeat.updateMany({ where: { storeId }, data: { lastSeenAt } });
    expect(await failing(test.database, seeded)).toEqual(["embedSilent", "pixelNotConnected"]);
  });

  it("raises nothing of a channel on another dataset, of senders that few hours name, and of a silent weekend", async () => {
    const { seeded, plant, prisma } = await seed();
    const { storeId, datasetRow } = seeded;
    const { datasetId } = await prisma.dataset.findUniqueOrThrow({ where: { id: datasetRow } });
    await plant.sightings(48, ["app_pixel", "channel", "555000111222333"], ["server_side", "channel"]);
    // Five hours are too few, and so are many within one day.
    await plant.sightings(5, ["page_pixel", "theme", datasetId], ["app_pixel", "3325251", datasetId]);
    await plant.sightings(23, ["page_pixel", "gtm", datasetId]);
    const lastSeenAt = new Date(NOW - 47 * HOUR_MS);
    await prisma.heartbeat.updateMany({ where: { storeId }, data: { lastSeenAt } });
    await prisma.store.update({ where: { id: storeId }, data: { consentCountries: [] } });
    await plant.conversions(400, 408, `document = document || '{"consent":{"country":"DE"}}'`);
    expect(await failing(test.database, seeded)).toEqual([]);
    const { unknown } = await readAudit(test.database, { id: storeId }, NOW);
    expect(unknown).toContainEqual({ code: "otherSenderSameDataset", why: "too_few" });
  });

  it("raises nothing where every figure is just right of its threshold", async () => {
    const { seeded, plant, prisma } = await seed();
    const { storeId, datasetRow } = seeded;
    await prisma.dataset.update({
      where: { id: datasetRow },
      data: { checkResult: "unreachable", tokenExpiresAt: new Date(NOW + 15 * 24 * HOUR_MS) },
    });
    await prisma.store.update({
      where: { id: storeId },
      data: { testEventCode: "TEST1", testEventCodeExpiresAt: new Date(NOW - 20 * HOUR_MS) },
    });
    await plant.conversions(500, 504, "via = 'sweep'");
    await plant.conversions(1, 110, "identity_keys = '{country}'");
    await plant.conversions(10, 60, "pairing = 'server_only'");
    await plant.reports(200, 245, "outcome_at = outcome_at + interval '20 minutes'");
    await plant.reports(280, 281, "outcome_at = outcome_at + interval '46 hours'");
    await plant.deliveries(1, 27, keysWithout("em"));
    await plant.deliveries(41, 200, keysWithout("fbp"));
    await plant.deliveries(241, 293, keysWithout("ct", "zp"));
    await plant.conversions(311, 337, dropped("ph", "not_a_valid_phone_number"));
    await plant.conversions(346, 347, dropped("fbc", "malformed"));
    await plant.conversions(350, 354, dropped("client_ip_address", "private_address"));
    await plant.deliveries(401, 410, "state = 'skipped', skip_reason = 'thin_identity'");
    await plant.deliveries(411, 415, "first_sent_at = first_sent_at + interval '3 hours'");
    await plant.deliveries(421, 422, "state = 'skipped', skip_reason = 'too_old'");
    await plant.conversions(430, 455, "value = 0");
    await plant.quality({
      event_match_quality: {
        composite_score: 8,
        match_key_feedback: [{ identifier: "email", coverage: { percentage: 85 } }],
        diagnostics: [],
      },
      event_coverage: { percentage: 75, goal_percentage: 75 },
      dedupe_key_feedback: [
        {
          dedupe_key: "event_id",
          browser_events_with_dedupe_key: { percentage: 95 },
          server_events_with_dedupe_key: { percentage: 95 },
        },
      ],
    });
    // Of 1,000 a day; the first day has fewer.
    await prisma.shopifyDay.updateMany({ where: { storeId }, data: { refunded: 95 } });
    await prisma.$executeRaw`
      INSERT INTO attempt (store_id, dataset_id, started_at, duration_ms, events, class)
      SELECT ${storeId}::bigint, ${datasetRow}::bigint, ${new Date(NOW - 20 * HOUR_MS)}::timestamptz, 9000, 1, 'transient'
      FROM generate_series(1, 4)`;
    expect(await failing(test.database, seeded)).toEqual([]);
  });

  it("opens a finding, keeps it, mends it, and says when it comes back", async () => {
    const { seeded, prisma } = await seed({ perDay: 2, days: 5 });
    const { storeId, datasetRow } = seeded;
    const hold = (heldClass: string | null) =>
      prisma.dataset.update({
        where: { id: datasetRow },
        data: { heldClass, heldAt: heldClass && new Date(NOW - HOUR_MS) },
      });
    for (const held of ["credential", "credential", null, null, "permission"]) {
      await hold(held);
      await failing(test.database, seeded);
    }
    const changes = await prisma.findingChange.findMany({
      where: { storeId, code: "tokenRejected" },
      orderBy: { id: "asc" },
    });
    expect(changes.map(({ kind }) => kind)).toEqual(["opened", "mended", "came_back"]);
    const finding = await prisma.finding.findUniqueOrThrow({
      where: { storeId_code: { storeId, code: "tokenRejected" } },
    });
    expect(finding).toMatchObject({ state: "open", times: 2, mendedAt: null });
  });

  it("writes one change when two processes look at once", async () => {
    const { seeded, prisma } = await seed({ perDay: 2, days: 5 });
    const { storeId, datasetRow } = seeded;
    await prisma.dataset.update({
      where: { id: datasetRow },
      data: { heldClass: "credential", heldAt: new Date(NOW - HOUR_MS) },
    });
    const store = await prisma.store.findUniqueOrThrow({ where: { id: storeId } });
    await Promise.all([1, 2, 3].map(() => runAudit(test.database, store, NOW)));
    expect(await prisma.findingChange.count({ where: { storeId } })).toBe(1);
  });
});

import { randomUUID } from "node:crypto";

import { beforeEach, describe, expect, it } from "vitest";

import { createDeliveryWorker } from "#app/delivery/delivery-worker.server.ts";
import { readAllFindings } from "#app/audit/all-findings.server.ts";
import { foldTallies } from "#app/quality/fold-tallies.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createMetrics } from "#app/platform/process/metrics.server.ts";
import { createSecretBox } from "#app/platform/process/secret-box.server.ts";
import { openPairing, SHOP } from "#tests/setup/open-pairing.ts";
import { DATABASE_KINDS } from "#tests/setup/open-test-database.ts";
import { kept, recount, sorted } from "#tests/setup/recount-tallies.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

import { removeExamples } from "../../scripts/ops/seed/remove-examples.ts";
import { whyNotSeeded, writeExamples } from "../../scripts/ops/seed/write-examples.ts";

const DAYS = 3;

describe.each(DATABASE_KINDS)("examples for a dev store, %s", (databaseKind) => {
  const test = shareTestDatabase(databaseKind);
  let storeId: bigint;
  beforeEach(async () => {
    const { prisma } = test.database;
    await prisma.store.deleteMany();
    await prisma.tally.deleteMany();
    await prisma.tallyDelta.deleteMany();
    const store = await prisma.store.create({
      data: { shop: SHOP, timeZone: "Europe/Berlin", currency: "EUR", country: "DE" },
    });
    storeId = store.id;
    await prisma.dataset.create({ data: { storeId, datasetId: "1110001", sealedToken: "sealed" } });
  });
  const seed = () => writeExamples(test.database, storeId, { days: DAYS, now: Date.now() });

  /** How many rows each table has. Partitions are the app's housekeeping, and have rows of funnel_event alone. */
  const rows = async (): Promise<Record<string, number>> => {
    const { prisma } = test.database;
    const tables = await prisma.$queryRaw<{ name: string }[]>`
      SELECT relname::text AS name FROM pg_class
      WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace ORDER BY 1`;
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      const [row] = await prisma.$queryRawUnsafe<{ n: number }[]>(`SELECT count(*)::int AS n FROM "${name}"`);
      counts[name] = row?.n ?? -1;
    }
    return counts;
  };

  it("fill overview, events, funnel and audit, and are taken away to the last row", async () => {
    const { prisma } = test.database;
    const before = await rows();
    expect(Object.keys(before).length).toBeGreaterThan(25);
    await seed();
    const conversions = await prisma.conversion.findMany({ where: { storeId } });
    expect(conversions.length).toBeGreaterThanOrEqual(DAYS * 8);
    expect(new Set(conversions.map(({ via }) => via))).toEqual(new Set(["example"]));
    for (const { orderName } of conversions) expect(orderName).toMatch(/^EXAMPLE-/);
    const pairings = conversions.map(({ pairing }) => pairing);
    expect(pairings).toEqual(expect.arrayContaining(["paired", "server_only"]));
    expect(await prisma.scoreSnapshot.count()).toBe(DAYS);
    expect(await prisma.funnelEvent.count()).toBeGreaterThan(50);
    expect(await prisma.tally.count({ where: { metric: "order" } })).toBeGreaterThanOrEqual(DAYS);
    expect((await readAllFindings(test.database, { now: Date.now() })).findings.length).toBeGreaterThan(0);

    expect(await removeExamples(test.database, storeId)).toEqual({ orders: conversions.length });
    expect(await rows()).toEqual(before);
    expect(await whyNotSeeded(test.database, storeId)).toBeUndefined();
  });

  it("send nothing, not even when they are asked for by hand and their dataset is switched on", async () => {
    await seed();
    const { database } = test;
    const { prisma } = database;
    const states = await prisma.delivery.groupBy({ by: ["state"] });
    expect(
      states.map(({ state }) => state).filter((state) => !/^(delivered|skipped|dead)$/.test(state)),
    ).toEqual([]);
    const dataset = await prisma.dataset.findFirstOrThrow({ where: { datasetId: "000000000000000" } });
    expect(dataset).toMatchObject({ state: "paused", sealedToken: null });

    const asked: string[] = [];
    const never = (what: string) => () => {
      asked.push(what);
      return Promise.reject(new Error("Meta was asked"));
    };
    const box = createSecretBox(Buffer.alloc(32, 5).toString("base64"), "");
    if (!box.ok) throw new Error(box.problem);
    const worker = createDeliveryWorker({
      ...{
        database,
        secretBox: box.box,
        clock: Date.now,
        log: createLog("silent"),
        metrics: createMetrics(),
      },
      graph: { sendEvents: never("events"), debugToken: never("token") },
    });
    await worker.runOnce();
    // The worst that a person could do: send one of them again, and switch the dataset on.
    const { id } = await prisma.delivery.findFirstOrThrow({
      where: { state: "delivered" },
      orderBy: { id: "desc" },
    });
    await prisma.delivery.update({
      where: { id },
      data: { state: "due", dueAt: new Date(), firstSentAt: null },
    });
    await prisma.dataset.update({ where: { id: dataset.id }, data: { state: "active" } });
    await worker.runOnce();
    await worker.stop();
    expect((await prisma.delivery.findUniqueOrThrow({ where: { id } })).state).toBe("held");
    expect(asked).toEqual([]);
  });

  it("leave a real order that came beside them, and its counts, as they are", async () => {
    await seed();
    await openPairing(test.database).pay("8300000000001");
    await removeExamples(test.database, storeId);
    await foldTallies(test.database);
    const left = await test.database.prisma.conversion.findMany();
    expect(left.map(({ orderId, via }) => [orderId, via])).toEqual([["8300000000001", "webhook"]]);
    const counted = (await kept(test.database, storeId)).filter(({ metric }) => !metric.startsWith("seen"));
    expect(sorted(counted)).toEqual(sorted(await recount(test.database, storeId)));
  });

  it("are refused where there are real orders, examples or somebody who would be alerted", async () => {
    const { prisma } = test.database;
    await prisma.alertChannel.create({
      data: {
        ...{ id: randomUUID(), storeId, kind: "email", sealedTarget: "sealed", severity: "high" },
        ...{ tellMended: true, groupMinutes: 10, createdAt: new Date() },
      },
    });
    expect(await whyNotSeeded(test.database, storeId)).toMatch(/alert channels/);
    await prisma.alertChannel.deleteMany();
    await seed();
    expect(await whyNotSeeded(test.database, storeId)).toMatch(/has examples already/);
    await removeExamples(test.database, storeId);
    await openPairing(test.database).pay("8300000000002");
    expect(await whyNotSeeded(test.database, storeId)).toBe(
      "This store has real orders (1 are stored): examples among them would falsify its figures.",
    );
  });
});

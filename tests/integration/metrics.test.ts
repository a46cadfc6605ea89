import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Counter, Histogram } from "prom-client";

import { closePairings } from "#app/pairing/close-pairings.server.ts";
import { statementFailureOf } from "#app/platform/database/watch-failures.server.ts";
import { createMetrics, type Metrics } from "#app/platform/process/metrics.server.ts";
import { eventually } from "#tests/setup/eventually.ts";
import {
  openPairing,
  PATIENT,
  report,
  seedStore,
  SHORT,
  type PairingSetup,
} from "#tests/setup/open-pairing.ts";
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const HOUR = 3_600_000;

/** Each label of a counter with its count; of a histogram how often it was observed. */
async function countsOf(metric: Counter | Histogram): Promise<Record<string, number>> {
  const { values } = await metric.get();
  const counts = values.filter(
    (value) => !("metricName" in value) || String(value.metricName).endsWith("_count"),
  );
  return Object.fromEntries(counts.map(({ labels, value }) => [Object.values(labels).join(" "), value]));
}

describe.each(DATABASE_KINDS)("the metrics of pairing and polls, %s", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);
  let metrics: Metrics;
  const open = (more: Parameters<typeof openPairing>[1] = {}): PairingSetup =>
    openPairing(store.database, { metrics, ...more });
  beforeEach(async () => {
    await seedStore(store.database);
    metrics = createMetrics();
  });

  it("say what brought report and order together, and by what browsers were answered", async () => {
    const setup = open();
    await setup.pay("8100000000001");
    await setup.ask(report("8100000000001"));
    expect(await countsOf(metrics.meetings)).toEqual({ order_stored: 1 });

    const asked = setup.ask(report("8100000000002"));
    await eventually(async () => expect(await store.database.prisma.browserReport.count()).toBe(2));
    await setup.pay("8100000000002");
    expect((await asked).body["fire"]).toBe(true);
    // Intake and waiting browser find each other; which of them links the two first is not given.
    expect((await countsOf(metrics.meetings))["order_awaited"]).toBe(1);

    const short = open({ times: SHORT });
    await short.ask(report("8100000000003"));
    const before = (await countsOf(metrics.meetings))["report_kept"] ?? 0;
    await short.pay("8100000000003");
    expect((await countsOf(metrics.meetings))["report_kept"]).toBe(before + 1);

    const late = open({ times: { ...PATIENT, lookUpMs: 50 } });
    const after = late.ask(report("8100000000004"));
    await new Promise((resolve) => setTimeout(resolve, 400));
    await late.pay("8100000000004");
    await after;
    expect((await countsOf(metrics.meetings))["after_lookup"]).toBe(1);

    const stopped = setup.ask(report("8100000000005"));
    await eventually(() => expect(setup.pairing.waiting).toBe(1));
    setup.pairing.stopWaiting();
    await stopped;
    expect(await countsOf(metrics.pollSeconds)).toEqual({ fire: 3, unknown_order: 1, stopped: 1 });
    expect((await countsOf(metrics.writeSeconds))[""]).toBe(4);
  });

  it("count each pairing once, when it is closed", async () => {
    const setup = open();
    for (const id of ["8200000000001", "8200000000002"]) await setup.pay(id);
    await setup.ask(report("8200000000001"));
    await store.database.prisma.delivery.updateMany({
      data: { state: "delivered", firstSentAt: new Date(), settledAt: new Date(), sentPayload: {} },
    });
    const close = (at: number) =>
      closePairings({ database: store.database, clock: () => at, metrics }, new AbortController().signal);
    await close(Date.now());
    expect(await countsOf(metrics.pairings)).toEqual({});
    for (let turn = 0; turn < 2; turn += 1) await close(Date.now() + 2 * HOUR);
    expect(await countsOf(metrics.pairings)).toEqual({ server_only: 2 });
  });
});

describe.each(DATABASE_KINDS)("the metrics of the database, %s", (databaseKind) => {
  let metrics: Metrics;
  let test: TestDatabase;
  beforeEach(async () => {
    metrics = createMetrics();
    test = await openTestDatabase(databaseKind, {
      onFailure: (error) => metrics.databaseErrors.inc({ kind: statementFailureOf(error) }),
    });
  });
  afterEach(() => test.destroy());

  it("count every statement that fails, by kind, and leave what its caller gets as it is", async () => {
    const { direct, prisma } = test.database;
    expect(await direct.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
    expect(await countsOf(metrics.databaseErrors)).toEqual({});
    await expect(direct.$queryRaw`SELECT 1 / 0`).rejects.toThrow("22012");
    await expect(prisma.$queryRaw`SELECT 1 / 0`).rejects.toThrow("Raw query failed");
    await expect(prisma.store.create({ data: { id: 1n, shop: "a.myshopify.com" } })).resolves.toBeTruthy();
    await expect(prisma.store.create({ data: { id: 1n, shop: "b.myshopify.com" } })).rejects.toThrow(
      /unique/i,
    );
    expect(await countsOf(metrics.databaseErrors)).toEqual({ refused: 3 });
    if (databaseKind === "embedded") return;
    const slow = prisma.$transaction([
      prisma.$executeRaw`SET LOCAL statement_timeout = 20`,
      prisma.$queryRaw`SELECT 1 FROM pg_sleep(5)`,
    ]);
    await expect(slow).rejects.toThrow("statement timeout");
    expect(await countsOf(metrics.databaseErrors)).toEqual({ refused: 3, database_slow: 1 });
  });

  it("tell of the connections of a server, and of none where it is embedded", async () => {
    metrics.watchConnections(test.database.connections);
    const shown = async () =>
      (await metrics.registry.metrics()).match(/^tandem_database_connections.*$/gm)?.toSorted();
    if (databaseKind === "embedded") {
      expect(await shown()).toEqual(["tandem_database_connections_limit 0"]);
      return;
    }
    const running = Array.from(
      { length: 13 },
      () => test.database.direct.$queryRaw`SELECT 1 FROM pg_sleep(1)`,
    );
    await eventually(async () =>
      expect(await shown()).toEqual([
        "tandem_database_connections_limit 10",
        'tandem_database_connections{state="idle"} 0',
        'tandem_database_connections{state="used"} 10',
        'tandem_database_connections{state="waiting"} 3',
      ]),
    );
    await Promise.all(running);
  });
});

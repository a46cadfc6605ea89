import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { claimDueDeliveries } from "#app/delivery/claim-due-deliveries.server.ts";
import { drainAndStop } from "#app/delivery/drain-outbox.server.ts";
import { reapLeases } from "#app/delivery/hold-lease.server.ts";
import { settleDeliveries } from "#app/delivery/settle-deliveries.server.ts";
import { openDatabase } from "#app/platform/database/database.server.ts";
import { systemClock } from "#app/platform/process/clock.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { startMeta, type MetaSandbox } from "#sandbox/meta/start-meta.ts";
import { addDataset, addOrders, countStates, createTestWorker, drain } from "#tests/drill/outbox-fixture.ts";
import { eventually } from "#tests/setup/eventually.ts";
import { DATABASE_KINDS, openTestDatabase } from "#tests/setup/open-test-database.ts";
import { shareTestDatabase } from "#tests/setup/share-test-database.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.each(DATABASE_KINDS)("workers on the %s database", (databaseKind) => {
  const store = shareTestDatabase(databaseKind);
  let meta: MetaSandbox;
  beforeEach(async () => {
    await store.database.prisma.store.deleteMany();
    meta = await startMeta();
  });
  afterEach(() => meta.close());

  const claimAll = (claimId: string, leaseMs: number) =>
    claimDueDeliveries(store.database, {
      claimId,
      now: Date.now(),
      leaseMs,
      cursor: 0n,
      lanes: 10,
      perLane: 100,
      limit: 1_000,
      busy: [],
      mode: { kind: "due" },
    });

  /** As though their time had passed: leases are judged by the database's own clock. */
  const endLeases = () =>
    store.database.prisma.$executeRaw`UPDATE delivery SET lease_until = now() - interval '1 second'`;

  it("delays another store's single event by one turn at most behind 100,000 due ones", async () => {
    const large = await addDataset(store.database, "700001", meta);
    const small = await addDataset(store.database, "700002", meta);
    await addOrders(store.database, large, { count: 100_000, paidAt: Date.now() - MINUTE, bulk: true });
    await addOrders(store.database, small, { count: 1, paidAt: Date.now() });
    // One request at a time, so that a turn serves a single lane.
    const { worker, close } = createTestWorker(store.database, meta.graphUrl, systemClock, {
      concurrency: 1,
      batchSize: 50,
    });
    const served: bigint[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      await worker.runOnce();
      const done = await store.database.prisma.delivery.count({
        where: { datasetId: small.id, state: "delivered" },
      });
      served.push(BigInt(done));
    }
    expect(served).toEqual([0n, 1n, 1n, 1n]);
    expect(
      await store.database.prisma.delivery.count({ where: { datasetId: large.id, state: "delivered" } }),
    ).toBeGreaterThanOrEqual(100);
    await close();
  });

  it("gives no delivery to two claims, and frees what a dead worker held", async () => {
    const dataset = await addDataset(store.database, "700003", meta);
    await addOrders(store.database, dataset, { count: 5, paidAt: Date.now() - MINUTE });
    const [first, second] = await Promise.all([claimAll("one", HOUR), claimAll("two", HOUR)]);
    expect([...first, ...second].reduce((sum, lane) => sum + lane.deliveries.length, 0)).toBe(5);

    const reap = (mine: readonly string[]) =>
      reapLeases(store.database, { now: Date.now(), leaseMs: HOUR, mine, limit: 100 });
    expect(await reap([])).toEqual({ freed: 0, dead: 0 });
    await endLeases();
    const mine = [...first, ...second].map(({ leaseToken }) => leaseToken);
    expect(await reap(mine)).toEqual({ freed: 0, dead: 0 });
    expect(await reap([])).toEqual({ freed: 5, dead: 0 });
    const rows = await store.database.prisma.delivery.findMany();
    expect(
      rows.every(
        ({ state, failures, firstSentAt, leaseToken }) =>
          state === "retrying" && failures === 1 && firstSentAt !== null && leaseToken === null,
      ),
    ).toBe(true);
  });

  it("lets a worker that lost its lease change nothing", async () => {
    const dataset = await addDataset(store.database, "700004", meta);
    await addOrders(store.database, dataset, { count: 1, paidAt: Date.now() - MINUTE });
    const [late] = await claimAll("late", HOUR);
    await endLeases();
    await reapLeases(store.database, { now: Date.now(), leaseMs: 50, mine: [], limit: 10 });
    const [now] = await claimAll("now", HOUR);
    const settle = (lane: typeof late, state: "dead" | "delivered") =>
      settleDeliveries(
        store.database,
        (lane?.deliveries ?? []).map(({ id, leaseToken }) => ({
          id,
          leaseToken,
          settlement: { state },
          attempt: null,
          event: null,
          consent: null,
          withoutFbc: false,
          message: null,
        })),
        [],
        Date.now(),
      );
    expect(await settle(late, "dead")).toEqual([]);
    expect(await countStates(store.database)).toEqual({ leased: 1 });
    expect(await settle(now, "delivered")).toHaveLength(1);
    expect(await countStates(store.database)).toEqual({ delivered: 1 });
  });

  it("gives up on a delivery that takes its worker down every time", async () => {
    const dataset = await addDataset(store.database, "700005", meta);
    await addOrders(store.database, dataset, { count: 1, paidAt: Date.now() - MINUTE });
    for (let death = 0; death < 10; death += 1) {
      await store.database.prisma.$executeRaw`
        UPDATE delivery SET state = 'leased', lease_token = 'x'`;
      await endLeases();
      await reapLeases(store.database, { now: Date.now(), leaseMs: 50, mine: [], limit: 10 });
    }
    // It can be sent again by hand, and then needs the buyer's address.
    expect(await store.database.prisma.delivery.findMany({ include: { conversion: true } })).toMatchObject([
      { state: "dead", failures: 10, conversion: { clientIp: "203.0.113.7" } },
    ]);
  });

  it("is woken by a notification, serves what comes, and stops without leaving a lease", async () => {
    const dataset = await addDataset(store.database, "700006", meta);
    const { worker, close } = createTestWorker(store.database, meta.graphUrl, systemClock, {
      idlePollMs: HOUR,
      gatherMs: 5,
    });
    worker.start();
    await new Promise((resolve) => setTimeout(resolve, 300));
    // Long before it would look by itself.
    await addOrders(store.database, dataset, { count: 20, paidAt: Date.now() });
    await store.database.notify("tandem_due", "");
    await eventually(async () => expect(await countStates(store.database)).toEqual({ delivered: 20 }));
    // The next one is due by time alone: nobody calls.
    await addOrders(store.database, dataset, {
      count: 1,
      from: 3001,
      paidAt: Date.now(),
      state: "waiting",
      dueAt: Date.now() + 400,
    });
    worker.wake();
    await eventually(async () => expect(await countStates(store.database)).toEqual({ delivered: 21 }));

    meta.setFaults([{ kind: "latency", ms: 400 }]);
    await addOrders(store.database, dataset, { count: 500, from: 4001, paidAt: Date.now() });
    worker.wake();
    await eventually(() => expect(meta.state().faults[0]?.struck).toBeGreaterThan(0));
    await close();
    const states = await countStates(store.database);
    expect(states["leased"]).toBeUndefined();
    expect((states["delivered"] ?? 0) + (states["due"] ?? 0)).toBe(521);
    // What was answered is settled: nothing reached Meta that we do not know of.
    expect(meta.events()).toHaveLength(states["delivered"] ?? 0);
  });

  it("hangs up on a Meta that does not answer rather than wait for ever", async () => {
    const dataset = await addDataset(store.database, "700007", meta);
    await addOrders(store.database, dataset, { count: 3, paidAt: Date.now() });
    meta.setFaults([{ kind: "timeout", when: "before" }]);
    const { worker, close } = createTestWorker(store.database, meta.graphUrl, systemClock, {
      stopGraceMs: 50,
      timeoutMs: 2 * MINUTE,
    });
    worker.start();
    await eventually(() => expect(meta.state().faults[0]?.struck).toBe(1));
    const started = performance.now();
    await close();
    expect(performance.now() - started).toBeLessThan(MINUTE);
    expect(await countStates(store.database)).toEqual({ retrying: 3 });
    // A request that we broke off ourselves says nothing about Meta.
    expect(await store.database.prisma.dataset.count({ where: { failures: { gt: 0 } } })).toBe(0);
  });

  it("drains what is due and stops", async () => {
    const dataset = await addDataset(store.database, "700008", meta);
    await addOrders(store.database, dataset, { count: 250, paidAt: Date.now() - MINUTE });
    await addOrders(store.database, dataset, {
      count: 1,
      from: 9001,
      paidAt: Date.now(),
      dueAt: Date.now() + MINUTE,
    });
    const { worker, graph } = createTestWorker(store.database, meta.graphUrl, systemClock, {
      batchSize: 100,
    });
    expect(await drainAndStop(worker)).toEqual({ served: 250, finished: true });
    await graph.close();
    expect(await countStates(store.database)).toEqual({ delivered: 250, due: 1 });
  });

  it("settles two deliveries of one conversion at the same moment and forgets the buyer's address", async () => {
    const dataset = await addDataset(store.database, "700009", meta);
    await addOrders(store.database, dataset, { count: 40, paidAt: Date.now() - MINUTE });
    const workers = [1, 2].map(() =>
      createTestWorker(store.database, meta.graphUrl, systemClock, { batchSize: 5 }),
    );
    await Promise.all(workers.map(({ worker }) => drain(worker)));
    for (const { close } of workers) await close();
    expect(await store.database.prisma.conversion.count({ where: { clientIp: { not: null } } })).toBe(0);
  });
});

describe("several workers on one server", () => {
  it.each([2, 4])("%i workers deliver each event once", async (count) => {
    const store = await openTestDatabase("server");
    const meta = await startMeta();
    const log = createLog("silent");
    try {
      for (let number = 0; number < 6; number += 1) {
        const dataset = await addDataset(store.database, String(710000 + number), meta);
        await addOrders(store.database, dataset, {
          count: 500,
          from: 1001 + 1000 * number,
          paidAt: Date.now() - MINUTE,
        });
      }
      const databases = await Promise.all(
        Array.from({ length: count }, () => openDatabase({ databaseUrl: store.url, log, poolSize: 4 })),
      );
      const workers = databases.map((database) =>
        createTestWorker(database, meta.graphUrl, systemClock, { batchSize: 20, gatherMs: 1 }),
      );
      for (const { worker } of workers) worker.start();
      await eventually(async () => expect(await countStates(store.database)).toEqual({ delivered: 3_000 }));
      for (const { close } of workers) await close();
      for (const database of databases) await database.close();
      const events = meta.events();
      expect(events).toHaveLength(3_000);
      expect(events.every(({ copies, counted }) => copies.length === 1 && counted === 1)).toBe(true);
    } finally {
      await meta.close();
      await store.destroy();
    }
  });
});

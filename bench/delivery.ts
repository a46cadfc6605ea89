import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { claimDueDeliveries } from "#app/delivery/claim-due-deliveries.server.ts";
import { createDeliveryWorker } from "#app/delivery/delivery-worker.server.ts";
import type { GraphClient } from "#app/meta/graph-client.server.ts";
import { systemClock } from "#app/platform/clock.ts";
import { openDatabase, type Database } from "#app/platform/database.server.ts";
import { createLog } from "#app/platform/log.server.ts";
import { createMetrics } from "#app/platform/metrics.server.ts";
import { addDataset, addOrders, secretBox, type FixtureDataset } from "#tests/drill/outbox-fixture.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

const BACKLOG = 200_000;
const DELIVERED = Number(process.env["BENCH_DELIVERED"] ?? "1000000");
const LARGE_EVENTS = 5_000;
const SMALL_STORES = 300;
const ROUNDS = 40;
const CLAIMED = 100;

/**
 * The outbox without the wire (a Meta that accepts at once): what claiming and settling cost, and what a claim costs
 * with nothing behind it, with a backlog of 200,000, and with a million delivered. The ratios are of one run.
 */
export async function run(): Promise<object> {
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-bench-"));
  const log = createLog("silent");
  const server = await startPostgresServer();
  const homes: readonly [string, Database][] = [
    ["embedded", await openDatabase({ dataDirectory: folder, log })],
    ["server", await openDatabase({ databaseUrl: `${server.url}/postgres`, log })],
  ];
  try {
    const results: Record<string, object> = {};
    for (const [home, database] of homes) results[home] = await measure(database);
    return results;
  } finally {
    for (const [, database] of homes) await database.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(database: Database): Promise<object> {
  const now = Date.now();
  const large = await addDataset(database, "1000001");
  await addOrders(database, large, { count: LARGE_EVENTS, paidAt: now - 60_000 });
  const oneStore = await drainRate(database, LARGE_EVENTS);
  for (let store = 0; store < SMALL_STORES; store += 1) {
    const dataset = await addDataset(database, String(2_000_000 + store));
    await addOrders(database, dataset, { count: 1, paidAt: now - 60_000 });
  }
  const manyStores = await drainRate(database, SMALL_STORES);

  const lane = await addDataset(database, "3000001");
  await addOrders(database, lane, { count: CLAIMED, paidAt: now - 120_000 });
  const empty = await claimCost(database, lane);
  await addBare(database, lane, { state: "due", from: 1, count: BACKLOG });
  await analyze(database);
  const backlog = await claimCost(database, lane);
  await addBare(database, lane, { state: "delivered", from: BACKLOG + 1, count: DELIVERED });
  await analyze(database);
  const delivered = await claimCost(database, lane);
  return {
    oneStoreEventsPerSecond: oneStore,
    manyStoresEventsPerSecond: manyStores,
    claimOf100Ms: { empty, backlog, delivered },
    backlogRatio: ratio(backlog, empty),
    deliveredRatio: ratio(delivered, empty),
    rows: { oneStore: LARGE_EVENTS, manyStores: SMALL_STORES, backlog: BACKLOG, delivered: DELIVERED },
  };
}

/** Events per second from due to settled. */
async function drainRate(database: Database, events: number): Promise<number> {
  const graph: GraphClient = {
    sendEvents: async (call) => ({
      answer: { kind: "accepted", status: 200, received: call.events.length, fbtraceId: null },
      durationMs: 1,
    }),
    debugToken: async () => ({ ok: true, data: {} }),
    datasetQuality: async () => ({ ok: true, web: [] }),
    close: async () => undefined,
  };
  const worker = createDeliveryWorker({
    database,
    graph,
    secretBox,
    clock: systemClock,
    log: createLog("silent"),
    metrics: createMetrics(),
  });
  const started = performance.now();
  let claimed = 0;
  while (claimed < events) claimed += (await worker.runOnce()).claimed;
  const seconds = (performance.now() - started) / 1000;
  await worker.stop();
  return Math.round(claimed / seconds);
}

/** The quickest of the rounds, milliseconds: what else the machine does only adds. Each claim is given back before the next. */
async function claimCost(database: Database, lane: FixtureDataset): Promise<number> {
  const costs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    const lanes = await claimDueDeliveries(database, {
      claimId: `bench-${round}`,
      now: Date.now(),
      leaseMs: 60_000,
      cursor: 0n,
      lanes: 16,
      perLane: CLAIMED,
      limit: CLAIMED,
      busy: [],
      mode: { kind: "due" },
    });
    costs.push(performance.now() - started);
    if (lanes[0]?.deliveries.length !== CLAIMED || lanes[0].datasetId !== lane.id)
      throw new Error("a claim found too few");
    await database.prisma.$executeRaw`
      UPDATE delivery SET state = 'due', lease_token = NULL, lease_until = NULL WHERE state = 'leased'`;
    // What autovacuum, or the worker's own on the embedded database, does now and then.
    if (round % 10 === 9) await database.prisma.$executeRawUnsafe("VACUUM delivery");
  }
  return Number(Math.min(...costs).toFixed(2));
}

/** Deliveries without conversions or triggers, due after those that are claimed: only that they are there matters. */
async function addBare(
  database: Database,
  lane: FixtureDataset,
  rows: { readonly state: string; readonly from: number; readonly count: number },
): Promise<void> {
  const step = 100_000;
  for (let done = 0; done < rows.count; done += step) {
    const first = rows.from + done;
    const last = first + Math.min(step, rows.count - done) - 1;
    await database.prisma.$transaction([
      database.prisma.$executeRaw`SET LOCAL session_replication_role = replica`,
      database.prisma.$executeRaw`
        INSERT INTO delivery (store_id, dataset_id, conversion_id, state, due_at, expires_at, created_at)
        SELECT ${lane.storeId}::bigint, ${lane.id}::bigint, -n, ${rows.state}, now(), now() + interval '6 days', now()
        FROM generate_series(${first}::bigint, ${last}::bigint) AS n`,
    ]);
  }
}

async function analyze(database: Database): Promise<void> {
  await database.prisma.$executeRawUnsafe("VACUUM (ANALYZE) delivery");
}

function ratio(value: number, base: number): number {
  return Number((value / base).toFixed(2));
}

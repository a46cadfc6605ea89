import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { claimDueDeliveries, type ClaimOptions } from "#app/delivery/claim-due-deliveries.server.ts";
import { createDeliveryWorker } from "#app/delivery/delivery-worker.server.ts";
import type { GraphClient } from "#app/meta/graph-client.server.ts";
import { systemClock } from "#app/platform/process/clock.ts";
import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createMetrics } from "#app/platform/process/metrics.server.ts";
import { countBlocks } from "#tests/drill/count-blocks.ts";
import {
  addBareDeliveries,
  addDataset,
  addOrders,
  secretBox,
  type FixtureDataset,
} from "#tests/drill/outbox-fixture.ts";
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
  const kinds: readonly [string, Database][] = [
    ["embedded", await openDatabase({ dataDirectory: folder, log })],
    ["server", await openDatabase({ databaseUrl: `${server.url}/postgres`, log })],
  ];
  try {
    const results: Record<string, object> = {};
    for (const [kind, database] of kinds) results[kind] = await measure(database);
    return results;
  } finally {
    for (const [, database] of kinds) await database.close();
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
  await addBareDeliveries(database, lane, { state: "due", from: 1, count: BACKLOG });
  await analyze(database);
  const backlog = await claimCost(database, lane);
  await addBareDeliveries(database, lane, { state: "delivered", from: BACKLOG + 1, count: DELIVERED });
  await analyze(database);
  const delivered = await claimCost(database, lane);
  return {
    oneStoreEventsPerSecond: oneStore,
    manyStoresEventsPerSecond: manyStores,
    claimOf100Ms: { empty: empty.ms, backlog: backlog.ms, delivered: delivered.ms },
    claimOf100Pages: { empty: empty.pages, backlog: backlog.pages, delivered: delivered.pages },
    backlogRatio: ratio(backlog.ms, empty.ms),
    deliveredRatio: ratio(delivered.ms, empty.ms),
    backlogPagesRatio: ratio(backlog.pages, empty.pages),
    deliveredPagesRatio: ratio(delivered.pages, empty.pages),
    rows: { oneStore: LARGE_EVENTS, manyStores: SMALL_STORES, backlog: BACKLOG, delivered: DELIVERED },
  };
}

/** Events per second from due to settled. */
async function drainRate(database: Database, events: number): Promise<number> {
  const graph: Pick<GraphClient, "sendEvents" | "debugToken"> = {
    sendEvents: async (call) => ({
      answer: { kind: "accepted", status: 200, received: call.events.length, fbtraceId: null },
      durationMs: 1,
    }),
    debugToken: async () => ({ ok: true, data: {} }),
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

/**
 * The quickest of the rounds, milliseconds (what else the machine does only adds), and the pages that a claim touches
 * (nothing adds to them). Each claim is given back before the next.
 */
async function claimCost(
  database: Database,
  lane: FixtureDataset,
): Promise<{ readonly ms: number; readonly pages: number }> {
  const costs: number[] = [];
  const giveBack = () => database.prisma.$executeRaw`
    UPDATE delivery SET state = 'due', lease_token = NULL, lease_until = NULL WHERE state = 'leased'`;
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    const lanes = await claimDueDeliveries(database, claimOf100(`bench-${round}`));
    costs.push(performance.now() - started);
    if (lanes[0]?.deliveries.length !== CLAIMED || lanes[0].datasetId !== lane.id)
      throw new Error("a claim found too few");
    await giveBack();
    // What autovacuum, or the worker's own on the embedded database, does now and then.
    if (round % 10 === 9) await database.prisma.$executeRawUnsafe("VACUUM delivery");
  }
  const pages = await countBlocks(database, (counted) =>
    claimDueDeliveries(counted, claimOf100("bench-pages")),
  );
  await giveBack();
  return { ms: Number(Math.min(...costs).toFixed(2)), pages };
}

function claimOf100(claimId: string): ClaimOptions {
  return {
    claimId,
    now: Date.now(),
    leaseMs: 60_000,
    cursor: 0n,
    lanes: 16,
    perLane: CLAIMED,
    limit: CLAIMED,
    busy: [],
    mode: { kind: "due" },
  };
}

async function analyze(database: Database): Promise<void> {
  await database.prisma.$executeRawUnsafe("VACUUM (ANALYZE) delivery");
}

function ratio(value: number, base: number): number {
  return Number((value / base).toFixed(2));
}

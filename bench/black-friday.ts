import { spawn, type ChildProcess } from "node:child_process";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createSecretBox } from "#app/platform/process/secret-box.server.ts";
import { API_SECRET, startWorld, type World } from "#sandbox/start-world.ts";
import { freePort, startPostgresServer } from "#tests/setup/start-postgres.ts";

import { ensureBuild } from "../scripts/ensure-build.ts";
import { generateLoad } from "./http-intake/generate-load.ts";
import { readProcess } from "./http-intake/read-process.ts";

const METRICS_TOKEN = "metrics token of this benchmark";
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? "60");
const STORES = 1_000;
/** All of Shopify's orders a second at its peak. */
const PER_SECOND = 741;
const DUPLICATES = 0.15;
const CONNECTIONS = 100;
/** Meta answers in 600 ms at the median. */
const META = { kind: "latency", ms: 400, jitterMs: 400 } as const;
const MOST_DRAINING_MS = 120_000;

/**
 * 741 orders a second for `BENCH_SECONDS` (60) over 1,000 stores, of which the first sells most (Zipf), 15 % of the webhooks
 * sent twice, Meta answering in 600 ms at the median; PostgreSQL with fsync on. With 1 process, then 2 and 4, each with its
 * worker inline. All on one machine, the generator and Meta too.
 */
export async function run(): Promise<object> {
  ensureBuild();
  const results: Record<string, object> = {};
  for (const processes of [1, 2, 4]) results[`processes${processes}`] = await sell(processes);
  return { storeCount: STORES, perSecond: PER_SECOND, seconds: SECONDS, ...results };
}

async function sell(processes: number): Promise<object> {
  const server = await startPostgresServer({ fsync: true });
  const databaseUrl = `${server.url}/postgres`;
  const world = await startWorld({ databaseUrl, environment: { METRICS_TOKEN, LOG_LEVEL: "error" } });
  const database = await openDatabase({ databaseUrl, log: createLog("silent") });
  const others: Awaited<ReturnType<typeof startAnother>>[] = [];
  try {
    const shops = await addStores(database, world);
    while (others.length < processes - 1) others.push(await startAnother(world));
    world.meta.setFaults([META]);
    const urls = [world.app.url, ...others.map(({ url }) => url)];
    const memory = watchMemory(urls);
    const loads = await Promise.all(
      urls.map((url, at) =>
        generateLoad({
          url,
          secret: API_SECRET,
          connections: Math.ceil(CONNECTIONS / processes),
          seconds: SECONDS,
          perSecond: Math.round(PER_SECOND / processes),
          duplicates: DUPLICATES,
          from: 7_000_000_000_000 + at * 1_000_000_000,
          shops,
        }),
      ),
    );
    const ended = performance.now();
    const isDrained = await drained(database);
    const drainedAfterMs = Math.round(performance.now() - ended);
    const peakMegabytes = await memory.stop();
    const received = new Map(world.meta.events().map((event) => [event.id, event.counted]));
    const acknowledged = loads.flatMap(({ orders, unacknowledged }, at) => {
      const open = new Set(unacknowledged);
      const from = 7_000_000_000_000 + at * 1_000_000_000;
      return Array.from({ length: orders }, (_, order) => from + order).filter((id) => !open.has(id));
    });
    return {
      acknowledgedPerSecond: loads.reduce((sum, { perSecond }) => sum + perSecond, 0),
      refused: loads.reduce((sum, { refused }) => sum + refused, 0),
      errors: loads.reduce((sum, { errors }) => sum + errors, 0),
      p50Ms: Math.max(...loads.map(({ p50 }) => p50)),
      p99Ms: Math.max(...loads.map(({ p99 }) => p99)),
      orders: acknowledged.length,
      drainedAfterMs: isDrained ? drainedAfterMs : null,
      peakMegabytes,
      lost: acknowledged.filter((id) => !received.has(String(id))).length,
      doubled: [...received.values()].filter((counted) => counted > 1).length,
    };
  } finally {
    for (const other of others) other.child.kill();
    await database.close();
    await world.close();
    await server.stop();
  }
}

/** Stores with a dataset each, as installing and connecting leaves them. */
async function addStores(database: Database, world: World): Promise<readonly string[]> {
  const box = createSecretBox(world.app.environment["APP_ENCRYPTION_KEY"] ?? "");
  if (!box.ok) throw new Error(box.problem);
  const shops = Array.from({ length: STORES }, (_, at) => `friday-${at}.myshopify.com`);
  await database.prisma.store.createMany({ data: shops.map((shop) => ({ shop })) });
  const stores = await database.prisma.store.findMany({ where: { shop: { in: shops } } });
  await database.prisma.dataset.createMany({
    data: stores.map(({ id }) => {
      const datasetId = String(2_000_000_000_000 + Number(id));
      world.meta.addDataset({ id: datasetId, name: "Web shop" });
      const token = world.meta.addToken({ datasets: [datasetId] });
      return { storeId: id, datasetId, sealedToken: box.box.seal(token, `dataset:${id}:${datasetId}`) };
    }),
  });
  return shops;
}

/** One more process on the same database, as an operator adds one. */
async function startAnother(world: World): Promise<{ url: string; child: ChildProcess }> {
  const port = await freePort();
  const child = spawn(process.execPath, ["build/server/tandem.js"], {
    stdio: "ignore",
    env: { ...process.env, ...world.app.environment, PORT: String(port) },
  });
  const url = `http://localhost:${port}`;
  for (;;) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok) return { url, child };
    if (child.exitCode !== null) throw new Error(`a process ended with ${child.exitCode}`);
    await sleep(100);
  }
}

function watchMemory(urls: readonly string[]) {
  let peak = 0;
  const end = new AbortController();
  const watching = (async () => {
    while (!end.signal.aborted) {
      for (const url of urls) {
        const { residentBytes } = await readProcess(url, METRICS_TOKEN);
        peak = Math.max(peak, residentBytes);
      }
      await sleep(500);
    }
  })();
  return {
    /** @returns megabytes of the largest process */
    stop: async () => {
      end.abort();
      await watching;
      return Math.round(peak / 2 ** 20);
    },
  };
}

async function drained({ prisma }: Database): Promise<boolean> {
  const until = performance.now() + MOST_DRAINING_MS;
  while (performance.now() < until) {
    const open = await prisma.delivery.count({
      where: { state: { notIn: ["delivered", "skipped", "dead"] } },
    });
    if (open === 0) return true;
    await sleep(250);
  }
  return false;
}

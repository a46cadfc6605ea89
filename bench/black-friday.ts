import { spawn, type ChildProcess } from "node:child_process";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import { openDatabase } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { API_SECRET, APP_COMMAND, startWorld, type World } from "#sandbox/start-world.ts";
import { freePort } from "#sandbox/free-port.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

import { ensureBuild } from "../scripts/ensure-build.ts";
import { addStores, compareWithMeta, drained, META_LATENCY } from "./black-friday/stores-on-sale.ts";
import { generateLoad } from "./http-intake/generate-load.ts";
import { readProcess } from "./http-intake/read-process.ts";

const METRICS_TOKEN = "metrics token of this benchmark";
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? "60");
/** All of Shopify's orders a second at its peak. */
const PER_SECOND = 741;
const DUPLICATES = 0.15;
const CONNECTIONS = 100;

/**
 * 741 orders a second for `BENCH_SECONDS` (60) over 1,000 stores, of which the first sells most (Zipf), 15 % of the webhooks
 * sent twice, Meta answering in 600 ms at the median; PostgreSQL with fsync on. With 1 process, then 2 and 4, each with its
 * worker inline. All on one machine, the generator and Meta too.
 */
export async function run(): Promise<object> {
  ensureBuild();
  const results: Record<string, object> = {};
  for (const processes of [1, 2, 4]) results[`processes${processes}`] = await sell(processes);
  return { storeCount: 1_000, perSecond: PER_SECOND, seconds: SECONDS, ...results };
}

/** Orders of each generator are apart. */
const firstOrderOf = (generator: number) => 7_000_000_000_000 + generator * 1_000_000_000;

async function sell(processes: number): Promise<object> {
  const server = await startPostgresServer({ fsync: true });
  const databaseUrl = `${server.url}/postgres`;
  const world = await startWorld({ databaseUrl, environment: { METRICS_TOKEN, LOG_LEVEL: "error" } });
  const database = await openDatabase({ databaseUrl, log: createLog("silent") });
  const others: Awaited<ReturnType<typeof startAnother>>[] = [];
  try {
    const shops = await addStores(database, world);
    while (others.length < processes - 1) others.push(await startAnother(world));
    world.meta.setFaults([META_LATENCY]);
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
          from: firstOrderOf(at),
          shops,
        }),
      ),
    );
    const ended = performance.now();
    const isDrained = await drained(database);
    const drainedAfterMs = Math.round(performance.now() - ended);
    const peakMegabytes = await memory.stop();
    return {
      acknowledgedPerSecond: loads.reduce((sum, { perSecond }) => sum + perSecond, 0),
      refused: loads.reduce((sum, { refused }) => sum + refused, 0),
      errors: loads.reduce((sum, { errors }) => sum + errors, 0),
      p50Ms: Math.max(...loads.map(({ p50 }) => p50)),
      p99Ms: Math.max(...loads.map(({ p99 }) => p99)),
      drainedAfterMs: isDrained ? drainedAfterMs : null,
      peakMegabytes,
      ...compareWithMeta(
        world,
        loads.map((result, at) => ({ from: firstOrderOf(at), result })),
      ),
    };
  } finally {
    for (const other of others) other.child.kill();
    await database.close();
    await world.close();
    await server.stop();
  }
}

/** One more process on the same database, as an operator adds one. */
async function startAnother(world: World): Promise<{ url: string; child: ChildProcess }> {
  const port = await freePort();
  const child = spawn(process.execPath, [...APP_COMMAND], {
    stdio: "ignore",
    env: { ...process.env, ...world.app.environment, PORT: String(port) },
  });
  const url = `http://localhost:${port}`;
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
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

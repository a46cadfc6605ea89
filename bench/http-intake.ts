import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import { API_SECRET, startWorld } from "#sandbox/start-world.ts";
import { freePort } from "#sandbox/free-port.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

import { ensureBuild } from "../scripts/ensure-build.ts";
import { cpuOfServer } from "./http-intake/cpu-of-server.ts";
import { generateLoad, type LoadResult } from "./http-intake/generate-load.ts";
import { readProcess } from "./http-intake/read-process.ts";

const SHOP = "tandem-demo.myshopify.com";
const METRICS_TOKEN = "metrics token of this benchmark";
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? "3");
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? "10");
const CONNECTIONS = 50;
/** All of Shopify's orders a second at its peak, and what one machine with an embedded database may see. */
const PEAK_PER_SECOND = 741;
const EMBEDDED_PER_SECOND = 200;

/** Something that takes signed orders in. */
interface Taker {
  readonly name: string;
  readonly url: string;
  /** At this many a second its acknowledgements are measured; absent for what stores nothing. */
  readonly steadyRate?: number;
  /** CPU seconds so far. */
  readonly cpu: () => Promise<{ readonly app: number; readonly database: number | null }>;
  /** Resolves when nothing is left to deliver; absent for what delivers nothing. */
  readonly settled?: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Signed orders of 9 kB over HTTP, each another one, by 50 connections of a generator in a process of its own: a bare
 * `node:http`, Shopify's template route, Tandem on PostgreSQL (fsync on) and embedded, each with its worker inline and a
 * dataset that takes everything. All run side by side, each alone in its turn, `BENCH_ROUNDS` (3) rounds of
 * `BENCH_SECONDS` (10); medians. Then both Tandems at a steady rate, once each has delivered what it took in before.
 */
export async function run(): Promise<object> {
  ensureBuild();
  const takers = [await startFloor("node"), await startFloor("template")];
  try {
    takers.push(
      await startTandem("postgresql", PEAK_PER_SECOND),
      await startTandem("embedded", EMBEDDED_PER_SECOND),
    );
    const rounds = new Map<string, Round[]>(takers.map(({ name }) => [name, []]));
    // A first run of each, so that nobody is measured while it warms up.
    for (const taker of takers) await measure(taker, { seconds: 3 });
    for (let round = 0; round < ROUNDS; round += 1)
      for (const taker of takers) rounds.get(taker.name)?.push(await measure(taker, { seconds: SECONDS }));
    const steady: Record<string, object> = {};
    for (const taker of takers) await taker.settled?.();
    for (const taker of takers)
      if (taker.steadyRate !== undefined)
        steady[`${taker.name}At${taker.steadyRate}`] = await measure(taker, {
          seconds: SECONDS,
          perSecond: taker.steadyRate,
        });
    const figures = Object.fromEntries([...rounds].map(([name, each]) => [name, median(each)]));
    const template = figures["template"]?.perSecond ?? NaN;
    const ratio = (name: string) => Number(((figures[name]?.perSecond ?? NaN) / template).toFixed(2));
    return {
      ...figures,
      steady,
      ratioToTemplate: { node: ratio("node"), postgresql: ratio("postgresql"), embedded: ratio("embedded") },
      targets: { postgresql: 1.2, embedded: 0.6, p99At741: 100, p99At200: 500 },
    };
  } finally {
    for (const taker of takers) await taker.stop();
  }
}

interface Round extends Omit<LoadResult, "unacknowledged"> {
  readonly appCpuPer1000: number;
  readonly databaseCpuPer1000: number | null;
}

let nextOrder = 7_000_000_000_000;

async function measure(
  taker: Taker,
  load: { readonly seconds: number; readonly perSecond?: number },
): Promise<Round> {
  const before = await taker.cpu();
  const { unacknowledged: _open, ...result } = await generateLoad({
    url: taker.url,
    secret: API_SECRET,
    connections: CONNECTIONS,
    from: nextOrder,
    shops: [SHOP],
    ...load,
  });
  nextOrder += result.orders;
  const after = await taker.cpu();
  const per1000 = (seconds: number) => Number(((seconds / result.answered) * 1000).toFixed(3));
  return {
    ...result,
    appCpuPer1000: per1000(after.app - before.app),
    databaseCpuPer1000:
      before.database === null || after.database === null ? null : per1000(after.database - before.database),
  };
}

/** The round in the middle by throughput. */
function median(rounds: readonly Round[]): Round | undefined {
  return rounds.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(rounds.length / 2)];
}

async function startFloor(kind: "node" | "template"): Promise<Taker> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [path.resolve("bench/http-intake/floor-server.ts"), kind, String(port), API_SECRET],
    { stdio: "inherit", env: { ...process.env, NODE_ENV: "production" } },
  );
  const url = `http://127.0.0.1:${port}`;
  const cpu = async () => ({ app: Number(await (await fetch(`${url}/cpu`)).text()), database: null });
  while (!(await cpu().catch(() => undefined))) await sleep(100);
  return {
    name: kind,
    url,
    cpu,
    stop: async () => {
      child.kill();
    },
  };
}

async function startTandem(kind: "postgresql" | "embedded", steadyRate: number): Promise<Taker> {
  const server = kind === "postgresql" ? await startPostgresServer({ fsync: true }) : undefined;
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-bench-"));
  const world = await startWorld({
    ...(server ? { databaseUrl: `${server.url}/postgres` } : { dataDirectory: folder }),
    environment: { METRICS_TOKEN, LOG_LEVEL: "error" },
  });
  await world.signIn(SHOP);
  await world.connectDataset(SHOP, "1234567890123456");
  return {
    name: kind,
    url: world.app.url,
    steadyRate,
    cpu: async () => ({
      app: (await readProcess(world.app.url, METRICS_TOKEN)).cpuSeconds,
      database: server ? cpuOfServer(path.join(server.folder, "data")) : null,
    }),
    settled: async () => {
      while ((await readProcess(world.app.url, METRICS_TOKEN)).queued > 0) await sleep(1_000);
    },
    stop: async () => {
      await world.close();
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

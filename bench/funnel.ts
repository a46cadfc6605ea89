import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import pg from "pg";

import { API_SECRET, startWorld, type World } from "#sandbox/start-world.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

import { ensureBuild } from "../scripts/ensure-build.ts";
import { besideStrangers } from "./funnel/beside-strangers.ts";
import { runLoad, type LoadReport } from "./funnel/run-load.ts";
import { cpuOfServer } from "./http-intake/cpu-of-server.ts";
import { readProcess } from "./http-intake/read-process.ts";

const SHOPS = ["tandem-demo", "radhaus-berlin", "kawa-goods", "lahore-parts"].map(
  (n) => `${n}.myshopify.com`,
);
const METRICS_TOKEN = "metrics token of this benchmark";
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? "60");
const ORDERS_PER_SECOND = 50;
const EVENTS_PER_SECOND = Number(process.env["BENCH_EVENTS"] ?? "1000");
const EVENTS_PER_REQUEST = 3;
const WARM_UP_SECONDS = 5;
/** How long the last events may take to Meta after the load has ended. Milliseconds. */
const DRAIN_MS = 120_000;

/**
 * 1,000 events a second of four stores (BENCH_EVENTS) beside 50 orders a second, for BENCH_SECONDS (60): the same orders
 * first alone, then beside the events, then, to compare with, beside strangers' processes that take as much of the processors
 * as the events did and share nothing else with the app. One process of Tandem with its worker inline, a real PostgreSQL (fsync
 * on), the sandbox's Meta; every load comes from a process of its own, at an even pace.
 */
export async function run(): Promise<object> {
  ensureBuild();
  const server = await startPostgresServer({ fsync: true });
  const databaseUrl = `${server.url}/postgres`;
  const world = await startWorld({
    databaseUrl,
    environment: { METRICS_TOKEN, LOG_LEVEL: "error", TRUSTED_PROXIES: "1" },
    onAppLine: (line) => process.stderr.write(`${line}\n`),
  });
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    for (const [position, shop] of SHOPS.entries()) {
      await world.signIn(shop);
      await world.connectDataset(shop, `12345678901234${position + 10}`);
    }
    const cpu = async () => ({
      app: (await readProcess(world.app.url, METRICS_TOKEN)).cpuSeconds,
      database: cpuOfServer(path.join(server.folder, "data")) ?? NaN,
      // The sandbox's Meta and Shopify run in this very process.
      sandbox: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
    });
    await Promise.all([orders(world, WARM_UP_SECONDS), events(world, WARM_UP_SECONDS)]);
    await drained(client);
    const start = await cpu();
    const alone = await orders(world, SECONDS);
    const before = await cpu();
    const [beside, funnel] = await Promise.all([orders(world, SECONDS), events(world, SECONDS)]);
    const after = await cpu();
    const drainedMs = await drained(client);
    const arrived = countArrived(world, funnel);
    const ofCore = (seconds: number) => Number((seconds / SECONDS).toFixed(2));
    const coresAlone = {
      app: ofCore(before.app - start.app),
      database: ofCore(before.database - start.database),
      sandbox: ofCore(before.sandbox - start.sandbox),
      loads: ofCore(alone.cpuSeconds),
    };
    const cores = {
      app: ofCore(after.app - before.app),
      database: ofCore(after.database - before.database),
      sandbox: ofCore(after.sandbox - before.sandbox),
      loads: ofCore(beside.cpuSeconds + funnel.cpuSeconds),
    };
    const taken = sum(cores) - sum(coresAlone);
    const strangers = await besideStrangers(taken, () => orders(world, SECONDS));
    return {
      seconds: SECONDS,
      purchase: {
        alone: figures(alone),
        beside: figures(beside),
        ratioP50: ratio(beside.p50, alone.p50),
        ratioP99: ratio(beside.p99, alone.p99),
        besideStrangers: { cores: Number(taken.toFixed(2)), ...figures(strangers) },
        strangersRatioP99: ratio(strangers.p99, alone.p99),
      },
      events: {
        perSecond: EVENTS_PER_SECOND,
        sent: funnel.sent * EVENTS_PER_REQUEST,
        taken: funnel.taken.length,
        shed: funnel.shed,
        statuses: funnel.statuses,
        p50: funnel.p50,
        p99: funnel.p99,
        ...arrived,
        drainedMs,
      },
      coresAlone,
      cores,
      targets: { ratioP99: 1.2, lost: 0, doubled: 0 },
    };
  } finally {
    await client.end();
    await world.close();
    await server.stop();
  }
}

let nextOrder = 7_000_000_000_000;
let nextPage = 1;

function orders(world: World, seconds: number): Promise<LoadReport> {
  const from = nextOrder;
  nextOrder += seconds * ORDERS_PER_SECOND;
  const { url } = world.app;
  const task = { url, secret: API_SECRET, shops: SHOPS, perSecond: ORDERS_PER_SECOND, seconds, from };
  return runLoad({ kind: "orders", ...task });
}

function events(world: World, seconds: number): Promise<LoadReport> {
  const from = nextPage;
  const perSecond = EVENTS_PER_SECOND / EVENTS_PER_REQUEST;
  nextPage += Math.round(seconds * perSecond);
  return runLoad({ kind: "events", url: world.app.url, secret: "", shops: SHOPS, perSecond, seconds, from });
}

/** @returns milliseconds until no event waits for Meta */
async function drained(client: pg.Client): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < DRAIN_MS) {
    const { rows } = await client.query<{ waits: boolean }>(
      "SELECT EXISTS (SELECT 1 FROM funnel_event WHERE state = 'waiting') AS waits",
    );
    if (rows[0]?.waits === false) return Math.round(performance.now() - began);
    await sleep(100);
  }
  return Infinity;
}

/** What Meta has of what was acknowledged. */
function countArrived(world: World, funnel: LoadReport) {
  const copies = new Map<string, number>();
  for (const event of world.meta.events())
    if (event.id !== null && event.name !== "Purchase")
      copies.set(event.id, (copies.get(event.id) ?? 0) + event.copies.length + event.unlisted);
  const counts = funnel.taken.map((id) => copies.get(id) ?? 0);
  return {
    delivered: counts.filter((count) => count > 0).length,
    lost: counts.filter((count) => count === 0).length,
    doubled: counts.filter((count) => count > 1).length,
  };
}

function figures({ sent, statuses, p50, p99, most }: LoadReport) {
  return { sent, statuses, p50, p99, most };
}

function sum(cores: Readonly<Record<string, number>>): number {
  return Object.values(cores).reduce((all, each) => all + each, 0);
}

function ratio(one: number, other: number): number {
  return Number((one / other).toFixed(2));
}

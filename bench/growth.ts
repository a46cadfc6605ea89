import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import pg from "pg";

import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { logPlans, readPlans, type LoggedPlan } from "#tests/setup/explain-statements.ts";
import { READS, WRITES, type HotQuery } from "#tests/setup/hot-queries.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

import { fillHistory } from "./growth/fill-history.ts";

const SIZES = (process.env["BENCH_ORDERS"] ?? "10000,1000000,10000000").split(",").map(Number);
const ROUNDS = 21;
const NOW = Date.parse("2026-11-26T12:00:00Z");

/** Milliseconds. */
const TARGETS = { overview: 50, log: 100 };

/**
 * Each hot query on PostgreSQL with ten thousand, one million and ten million orders of a thousand stores
 * (`BENCH_ORDERS`), asked of the store that sells most, caches warm: median and slowest of 21 rounds, how many times more the
 * median is with the most orders than with one size fewer, and the plans with the most orders.
 */
export async function run(): Promise<object> {
  const server = await startPostgresServer();
  const databaseUrl = `${server.url}/postgres`;
  await prepareForLoading(databaseUrl);
  let database = await openDatabase({ databaseUrl, log: createLog("silent") });
  try {
    const figures: Record<string, { readonly p50: number; readonly slowest: number }[]> = {};
    for (const orders of SIZES) {
      await fillHistory(database, { orders, now: NOW });
      for (const query of [...READS, ...WRITES])
        (figures[query.name] ??= []).push(await measure(query, database, orders));
      process.stderr.write(`${orders} orders measured\n`);
    }
    const orders = SIZES.at(-1) ?? 0;
    await database.close();
    await logPlans(databaseUrl);
    database = await openDatabase({ databaseUrl, log: createLog("silent") });
    const plans: Record<string, readonly string[]> = {};
    for (const query of [...READS, ...WRITES]) {
      const from = server.log.length;
      await query.run({ database, orders, now: NOW });
      // What the server writes comes a little later.
      while (readPlans(server.log.slice(from)).length === 0) await sleep(20);
      plans[query.name] = shortPlans(readPlans(server.log.slice(from)));
    }
    return {
      orders: SIZES,
      ms: figures,
      growth: Object.fromEntries(Object.entries(figures).map(([name, each]) => [name, growthOf(each)])),
      missed: missedTargets(figures),
      plans,
    };
  } finally {
    await database.close();
    await server.stop();
  }
}

async function measure(query: HotQuery, database: Database, orders: number) {
  const times: number[] = [];
  await query.run({ database, orders, now: NOW });
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    await query.run({ database, orders, now: NOW });
    times.push(performance.now() - began);
  }
  times.sort((one, other) => one - other);
  const ms = (at: number) => Number((times[at] ?? NaN).toFixed(2));
  return { p50: ms(Math.floor(ROUNDS / 2)), slowest: ms(ROUNDS - 1) };
}

/** The most orders beside a tenth of them. */
function growthOf(figures: readonly { readonly p50: number }[]): number {
  const [before, last] = figures.slice(-2);
  return Number(((last?.p50 ?? NaN) / (before?.p50 ?? NaN)).toFixed(2));
}

function missedTargets(
  figures: Readonly<Record<string, readonly { readonly p50: number }[]>>,
): readonly string[] {
  return Object.entries(figures).flatMap(([name, each]) => {
    const target = name === "overview" ? TARGETS.overview : name.startsWith("log.") ? TARGETS.log : Infinity;
    const last = each.at(-1)?.p50 ?? NaN;
    return [
      ...(last <= target ? [] : [`${name}: ${last} ms, target ${target} ms`]),
      ...(growthOf(each) <= 2 ? [] : [`${name}: ${growthOf(each)} times a tenth of the orders`]),
    ];
  });
}

/** Of each statement the tables that it reads and by which index; statements of one text once. */
function shortPlans(plans: readonly LoggedPlan[]): readonly string[] {
  const lines = plans.map(({ steps }) =>
    [
      ...new Set(
        steps.flatMap(({ kind, table, index }) =>
          table === undefined && index === undefined ? [] : [`${kind} ${index ?? table ?? ""}`],
        ),
      ),
    ].join("; "),
  );
  return [...new Set(lines)].filter((line) => line !== "");
}

/** So that writing the history does not wait for checkpoints, nor indexes for memory; nothing that a query feels. */
async function prepareForLoading(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("ALTER SYSTEM SET max_wal_size = '16GB'");
  await client.query("ALTER SYSTEM SET maintenance_work_mem = '1GB'");
  await client.query("SELECT pg_reload_conf()");
  await client.end();
}

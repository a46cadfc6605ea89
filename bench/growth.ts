import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import pg from "pg";

import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { logPlans, readPlans, type LoggedPlan } from "#tests/setup/explain-statements.ts";
import { READS, WRITES, findKnownOrder, type AskedHistory, type HotQuery } from "#tests/setup/hot-queries.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

import { fillHistory } from "./growth/fill-history.ts";

const SIZES = [10_000, 1_000_000, 10_000_000];
const ROUNDS = 100;
/** Rounds that are not measured: what is asked for lies in memory afterwards. */
const WARM_UP = 3;
const NOW = Date.parse("2026-11-26T12:00:00Z");
const QUERIES = [...READS, ...WRITES];

/** Milliseconds. */
const TARGETS = { overview: 50, log: 100 };
/** How many times longer with the most orders than with the fewest. */
const MOST_GROWTH = 2;

interface Figures {
  readonly p50: number;
  readonly p99: number;
}

/**
 * Each hot query on PostgreSQL with ten thousand, one million and ten million orders of a thousand stores, asked of the
 * store that sells most, caches warm: milliseconds of 100 rounds; how many times longer each size takes than the fewest
 * orders; the plans with the most orders. A table of the figures goes to standard error.
 *
 * @param sizes other numbers of orders, the fewest first
 */
export async function run(sizes: readonly number[] = []): Promise<object> {
  const asked = sizes.length > 0 ? sizes : SIZES;
  const server = await startPostgresServer();
  const databaseUrl = `${server.url}/postgres`;
  await prepareForLoading(databaseUrl);
  let database = await openDatabase({ databaseUrl, log: createLog("silent") });
  try {
    const figures = new Map<string, Figures[]>(QUERIES.map(({ name }) => [name, []]));
    for (const orders of asked) {
      const began = performance.now();
      await fillHistory(databaseUrl, { orders, now: NOW });
      process.stderr.write(
        `${orders} orders written in ${Math.round((performance.now() - began) / 1000)} s\n`,
      );
      const history = { database, orders, now: NOW, known: await findKnownOrder(database, orders) };
      for (const query of QUERIES) figures.get(query.name)?.push(await measure(query, history));
    }
    await database.close();
    await logPlans(databaseUrl);
    database = await openDatabase({ databaseUrl, log: createLog("silent") });
    const plans = await readAllPlans(server.log, database, asked.at(-1) ?? 0);
    process.stderr.write(tableOf(asked, figures));
    return { orders: asked, ms: Object.fromEntries(figures), missed: missedTargets(figures), plans };
  } finally {
    await database.close();
    await server.stop();
  }
}

async function measure(query: HotQuery, history: Omit<AskedHistory, "round">): Promise<Figures> {
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const began = performance.now();
    await query.run({ ...history, round });
    if (round >= WARM_UP) times.push(performance.now() - began);
  }
  times.sort((one, other) => one - other);
  const at = (share: number) => Number((times[Math.ceil(share * ROUNDS) - 1] ?? NaN).toFixed(2));
  return { p50: at(0.5), p99: at(0.99) };
}

function growthOf(figures: readonly Figures[]): readonly number[] {
  const [fewest, ...more] = figures;
  return more.map(({ p50 }) => Number((p50 / (fewest?.p50 ?? NaN)).toFixed(2)));
}

function missedTargets(figures: ReadonlyMap<string, readonly Figures[]>): readonly string[] {
  return [...figures].flatMap(([name, each]) => {
    const target = name === "overview" ? TARGETS.overview : name.startsWith("log.") ? TARGETS.log : Infinity;
    const last = each.at(-1)?.p50 ?? NaN;
    const growth = growthOf(each).at(-1) ?? 1;
    return [
      ...(last <= target ? [] : [`${name}: ${last} ms, target ${target} ms`]),
      ...(growth <= MOST_GROWTH ? [] : [`${name}: ${growth} times`]),
    ];
  });
}

function tableOf(sizes: readonly number[], figures: ReadonlyMap<string, readonly Figures[]>): string {
  const row = (cells: readonly string[]) =>
    cells.map((cell, at) => (at === 0 ? cell.padEnd(24) : cell.padStart(18))).join("") + "\n";
  return [
    row(["p50 / p99 in ms", ...sizes.map((orders) => orders.toLocaleString("en")), "growth"]),
    ...[...figures].map(([name, each]) =>
      row([name, ...each.map(({ p50, p99 }) => `${p50} / ${p99}`), growthOf(each).join(", ")]),
    ),
  ].join("");
}

async function readAllPlans(log: readonly string[], database: Database, orders: number) {
  const known = await findKnownOrder(database, orders);
  const plans: Record<string, readonly string[]> = {};
  for (const query of QUERIES) {
    const from = log.length;
    await query.run({ database, orders, now: NOW, round: WARM_UP + ROUNDS, known });
    // What the server writes comes a little later.
    while (readPlans(log.slice(from)).length === 0) await sleep(20);
    plans[query.name] = shortPlans(readPlans(log.slice(from)));
  }
  return plans;
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

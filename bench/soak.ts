import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { API_SECRET, startWorld } from "#sandbox/start-world.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

import { ensureBuild } from "../scripts/ensure-build.ts";
import { addStores, compareWithMeta, drained, META_LATENCY } from "./black-friday/stores-on-sale.ts";
import { generateLoad } from "./http-intake/generate-load.ts";
import { readProcess, type ProcessFigures } from "./http-intake/read-process.ts";

const METRICS_TOKEN = "metrics token of this benchmark";
const MINUTES = Number(process.env["BENCH_MINUTES"] ?? "20");
/** A third of Shopify's peak. */
const PER_SECOND = 247;
const FROM = 7_000_000_000_000;
const SAMPLES = 40;
const TABLES = ["conversion", "delivery", "attempt", "tally_delta"] as const;

/** What may grow from the third quarter of the time to the last. */
const MOST_GROWTH = { residentBytes: 1.1, heapBytes: 1.15, openFiles: 1.1, bytesPerRow: 1.2 };

/**
 * `BENCH_MINUTES` (20) at a third of Shopify's peak over 1,000 stores (Zipf), Meta answering in 600 ms at the median; one
 * process with its worker inline, PostgreSQL with fsync on. Whether memory, handles and the tables' bytes a row are flat:
 * the last quarter of the time beside the one before.
 */
export async function run(): Promise<object> {
  ensureBuild();
  const server = await startPostgresServer({ fsync: true });
  const databaseUrl = `${server.url}/postgres`;
  const world = await startWorld({ databaseUrl, environment: { METRICS_TOKEN, LOG_LEVEL: "error" } });
  const database = await openDatabase({ databaseUrl, log: createLog("silent") });
  try {
    const shops = await addStores(database, world);
    world.meta.setFaults([META_LATENCY]);
    const watch = watchGrowth(world.app.url, database);
    const result = await generateLoad({
      url: world.app.url,
      secret: API_SECRET,
      connections: 100,
      seconds: MINUTES * 60,
      perSecond: PER_SECOND,
      duplicates: 0.15,
      from: FROM,
      shops,
    });
    const samples = await watch.stop();
    const isDrained = await drained(database);
    return {
      minutes: MINUTES,
      perSecond: result.perSecond,
      refused: result.refused,
      errors: result.errors,
      p50Ms: result.p50,
      p99Ms: result.p99,
      isDrained,
      ...compareWithMeta(world, [{ from: FROM, result }]),
      ...judge(samples),
    };
  } finally {
    await database.close();
    await world.close();
    await server.stop();
  }
}

interface Sample extends ProcessFigures {
  readonly second: number;
  readonly tables: readonly TableFigures[];
}

interface TableFigures {
  readonly name: string;
  readonly rows: number;
  readonly deadShare: number;
  /** Indexes and stored details included. */
  readonly bytesPerRow: number;
}

function watchGrowth(url: string, database: Database) {
  const samples: Sample[] = [];
  const end = new AbortController();
  const began = performance.now();
  const everyMs = (MINUTES * 60_000) / SAMPLES;
  const watching = (async () => {
    while (!end.signal.aborted) {
      await sleep(everyMs, undefined, { signal: end.signal }).catch(() => undefined);
      const figures = await readProcess(url, METRICS_TOKEN);
      const second = Math.round((performance.now() - began) / 1000);
      const sample = { second, ...figures, tables: await readTables(database) };
      samples.push(sample);
      process.stderr.write(`${JSON.stringify(sample)}\n`);
    }
  })();
  return {
    stop: async (): Promise<readonly Sample[]> => {
      end.abort();
      await watching;
      return samples;
    },
  };
}

async function readTables({ prisma }: Database): Promise<readonly TableFigures[]> {
  const rows = await prisma.$queryRaw<{ name: string; live: number; dead: number; bytes: number }[]>`
    SELECT relname::text AS name, n_live_tup::float8 AS live, n_dead_tup::float8 AS dead,
           pg_total_relation_size(relid)::float8 AS bytes
    FROM pg_stat_user_tables WHERE relname = ANY(${[...TABLES]}::text[])`;
  return rows.map(({ name, live, dead, bytes }) => ({
    name,
    rows: live,
    deadShare: round(dead / Math.max(live + dead, 1)),
    bytesPerRow: Math.round(bytes / Math.max(live, 1)),
  }));
}

/** The last quarter beside the one before it. */
function judge(samples: readonly Sample[]): object {
  const quarter = Math.max(Math.floor(samples.length / 4), 1);
  const [before, last] = [samples.slice(-2 * quarter, -quarter), samples.slice(-quarter)];
  // A heap is as small as it can be just after a collection: the lowest of each quarter are compared.
  const growth = (of: (sample: Sample) => number) =>
    round(Math.min(...last.map(of)) / Math.min(...before.map(of)));
  const process = {
    residentBytes: growth((each) => each.residentBytes),
    heapBytes: growth((each) => each.heapBytes),
    openFiles: growth((each) => each.openFiles),
  };
  const tables = TABLES.filter((name) => name !== "tally_delta").map((name) => {
    const of = ({ tables: all }: Sample) => all.find((each) => each.name === name);
    return {
      name,
      rows: last.at(-1) && of(last.at(-1) as Sample)?.rows,
      deadShare: Math.max(...last.map((each) => of(each)?.deadShare ?? 0)),
      bytesPerRow: last.at(-1) && of(last.at(-1) as Sample)?.bytesPerRow,
      growth: growth((each) => of(each)?.bytesPerRow ?? 0),
    };
  });
  const isFlat =
    process.residentBytes <= MOST_GROWTH.residentBytes &&
    process.heapBytes <= MOST_GROWTH.heapBytes &&
    process.openFiles <= MOST_GROWTH.openFiles &&
    tables.every((each) => each.growth <= MOST_GROWTH.bytesPerRow);
  return {
    peakMegabytes: Math.round(Math.max(...samples.map((each) => each.residentBytes)) / 2 ** 20),
    openFiles: Math.max(...samples.map((each) => each.openFiles)),
    growthOfLastQuarter: process,
    tables,
    isFlat,
  };
}

function round(ratio: number): number {
  return Number(ratio.toFixed(3));
}

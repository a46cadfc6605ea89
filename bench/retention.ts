/**
 * Retention over a million orders on the embedded database (the slower kind): what a first pass costs, what it costs
 * while nothing is new, and for how long one statement keeps others waiting.
 *
 * Rows: `BENCH_ROWS` (default 1,000,000), each with a payload of a kilobyte, one delivery and the buyer's address.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { runRetention, vacuumErased } from "#app/privacy/run-retention.server.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const DAY = 86_400_000;

export async function run(): Promise<object> {
  const rows = Number(process.env["BENCH_ROWS"] ?? "1000000");
  const dataDirectory = mkdtempSync(path.join(tmpdir(), "tandem-bench-"));
  const database = await openDatabase({ dataDirectory, log: createLog("silent") });
  try {
    await seed(database, rows);
    const slowest = { ms: 0 };
    const watched = watchSlowest(database, slowest);
    const first = await time(() =>
      runRetention({ database: watched, clock: () => NOW }, new AbortController().signal),
    );
    const again = await time(() =>
      runRetention({ database, clock: () => NOW }, new AbortController().signal),
    );
    const vacuum = await time(() => vacuumErased(database));
    const { payloadDetails, clientDetails } = first.result;
    return {
      rows,
      payloadDetails,
      clientDetails,
      seconds: round(first.ms / 1000),
      rowsPerSecond: Math.round((payloadDetails + clientDetails) / (first.ms / 1000)),
      slowestStatementMs: Math.round(slowest.ms),
      nothingNewMs: round(again.ms),
      vacuumSeconds: round(vacuum.ms / 1000),
    };
  } finally {
    await database.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

async function seed({ prisma }: Database, rows: number): Promise<void> {
  const old = new Date(NOW - 31 * DAY);
  const store = await prisma.store.create({
    data: {
      shop: "bench.myshopify.com",
      installedAt: old,
      datasets: { create: { datasetId: "111", createdAt: old } },
    },
    include: { datasets: true },
  });
  const datasetId = store.datasets[0]?.id ?? 0n;
  const size = 20_000;
  for (let from = 0; from < rows; from += size)
    await prisma.$executeRaw`
      WITH c AS (
        INSERT INTO conversion (store_id, event_name, source_key, event_id, event_time, paid_at, received_at, source, action_source, document, client_ip, client_user_agent)
        SELECT ${store.id}::bigint, 'Purchase', g::text, g::text, ${old}::timestamptz, ${old}::timestamptz, ${old}::timestamptz,
               'web', 'website', jsonb_build_object('customer', jsonb_build_object('em', jsonb_build_array(repeat(md5(g::text), 30)))),
               '203.0.113.10', 'Mozilla/5.0'
        FROM generate_series(${from}::int, ${Math.min(from + size, rows) - 1}::int) AS g RETURNING id)
      INSERT INTO delivery (store_id, dataset_id, conversion_id, state, due_at, expires_at, settled_at, created_at, sent_payload)
      SELECT ${store.id}::bigint, ${datasetId}::bigint, id, 'delivered', ${old}::timestamptz, ${old}::timestamptz, ${old}::timestamptz, ${old}::timestamptz, '{"event_name":"Purchase"}'
      FROM c`;
}

/** The same database, noting how long its longest raw statement took. */
function watchSlowest(database: Database, slowest: { ms: number }): Database {
  const prisma = database.prisma.$extends({
    query: {
      $allOperations: async ({ args, query }) => {
        const { ms, result } = await time(() => query(args));
        slowest.ms = Math.max(slowest.ms, ms);
        return result as unknown;
      },
    },
  });
  return { ...database, prisma: prisma as unknown as Database["prisma"] };
}

async function time<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

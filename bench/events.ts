import { createLog } from "#app/platform/process/log.server.ts";
import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { readEventFilters } from "#app/quality/event-filters.ts";
import { readEvents, type EventCursor } from "#app/quality/read-events.server.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

const ROWS = Number(process.env["BENCH_EVENTS"] ?? "10000000");
const FEW = Math.min(100_000, ROWS);
const STEP = 500_000;
const ROUNDS = 15;
const START = Date.UTC(2024, 0, 1);
/** Orders are this far apart, whatever their number. Milliseconds. */
const APART = 6_000;

/** What a merchant asks of the log: an address of the page, and how deep in it. */
const QUESTIONS: readonly (readonly [string, string, "top" | "middle"])[] = [
  ["newest", "", "top"],
  ["deep", "", "middle"],
  ["needsAttention", "view=attention", "top"],
  ["waiting", "view=waiting", "top"],
  ["recoveredDeep", "view=recovered", "middle"],
  ["skippedDeep", "view=skipped", "middle"],
  ["failed", "status=dead", "top"],
  ["mismatched", "pairing=mismatched", "top"],
  // The next two find nothing.
  ["notKnownYet", "pairing=pending", "top"],
  ["tillPaired", "source=pos&pairing=paired", "top"],
  ["tillDeep", "source=pos", "middle"],
  ["firstDay", "from=2024-01-01&to=2024-01-01", "top"],
  ["firstDayPaired", "from=2024-01-01&to=2024-01-01&pairing=paired", "top"],
  ["oldDataset", "dataset=2", "top"],
  ["oldDatasetSent", "dataset=2&status=delivered", "top"],
  ["orderNumber", "q=%23777", "top"],
];

/**
 * One page of the event log at a hundred thousand events and at ten million (`BENCH_EVENTS`), on PostgreSQL: the cost of
 * each question, and how many times more it is with all of the rows.
 */
export async function run(): Promise<object> {
  const server = await startPostgresServer();
  const database = await openDatabase({ databaseUrl: `${server.url}/postgres`, log: createLog("silent") });
  try {
    await database.prisma.store.create({
      data: {
        shop: "bench.myshopify.com",
        // The second one was connected in the first days only.
        datasets: { create: [{ datasetId: "111111" }, { datasetId: "222222", state: "disconnected" }] },
      },
    });
    await fill(database, 1, FEW);
    const few = await ask(database, FEW);
    await fill(database, FEW + 1, ROWS);
    const all = await ask(database, ROWS);
    return {
      rows: [FEW, ROWS],
      pageMs: Object.fromEntries(QUESTIONS.map(([name]) => [name, [few[name], all[name]]])),
      ratio: Object.fromEntries(
        QUESTIONS.map(([name]) => [name, Number(((all[name] ?? 0) / (few[name] || 1)).toFixed(2))]),
      ),
    };
  } finally {
    await database.close();
    await server.stop();
  }
}

/** Rows as a shop has them, written without triggers and with their indexes built afterwards. */
async function fill({ prisma }: Database, first: number, last: number): Promise<void> {
  const indexes = await prisma.$queryRaw<{ name: string; definition: string }[]>`
    SELECT indexname::text AS name, indexdef AS definition FROM pg_indexes i
    WHERE tablename IN ('conversion', 'delivery') AND NOT EXISTS (
      SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)`;
  for (const { name } of indexes) await prisma.$executeRawUnsafe(`DROP INDEX "${name}"`);
  for (let from = first; from <= last; from += STEP) {
    const to = Math.min(from + STEP - 1, last);
    await prisma.$transaction([
      prisma.$executeRaw`SET LOCAL session_replication_role = replica`,
      prisma.$executeRaw`
          INSERT INTO conversion (id, store_id, event_name, source_key, order_id, order_number, order_name, event_id,
            event_time, paid_at, received_at, source, action_source, value, currency, pairing)
          SELECT n, 1, 'Purchase', (7000000000000 + n)::text, (7000000000000 + n)::text, n::text, '#' || n, n::text, at, at, at,
            CASE WHEN n % 10 = 0 THEN 'pos' WHEN n % 37 = 0 THEN 'draft' ELSE 'web' END, 'website', 30, 'USD',
            CASE WHEN n % 10 = 0 THEN 'server_only' WHEN n % 5 = 1 THEN 'server_only' WHEN n % 50021 = 0 THEN 'mismatched' ELSE 'paired' END
          FROM generate_series(${from}::bigint, ${to}::bigint) AS n
          CROSS JOIN LATERAL (SELECT to_timestamp((${START}::bigint + n * ${APART}::bigint) / 1000.0) AS at) t`,
      prisma.$executeRaw`
          INSERT INTO delivery (store_id, dataset_id, conversion_id, state, skip_reason, due_at, expires_at, created_at)
          SELECT 1, dataset, n,
            CASE WHEN n % 20 = 3 THEN 'skipped' WHEN n % 40009 = 0 THEN 'dead' WHEN n > ${last - 200}::bigint THEN 'due' ELSE 'delivered' END,
            CASE WHEN n % 20 = 3 THEN 'no_consent' END, at, at + interval '7 days', at
          FROM generate_series(${from}::bigint, ${to}::bigint) AS n
          CROSS JOIN LATERAL (SELECT to_timestamp((${START}::bigint + n * ${APART}::bigint) / 1000.0) AS at) t
          CROSS JOIN LATERAL (SELECT 1 AS dataset UNION ALL SELECT 2 WHERE n <= 20000) d`,
    ]);
  }
  for (const { definition } of indexes) await prisma.$executeRawUnsafe(definition);
  await prisma.$executeRawUnsafe("VACUUM (ANALYZE) conversion");
  await prisma.$executeRawUnsafe("VACUUM (ANALYZE) delivery");
}

/** Milliseconds of the quickest of some rounds, by question: what else the machine does only adds. */
async function ask(database: Database, rows: number): Promise<Readonly<Record<string, number>>> {
  const costs: Record<string, number> = {};
  for (const [name, query, depth] of QUESTIONS) {
    const filters = readEventFilters(new URLSearchParams(query));
    const cursor: EventCursor = depth === "top" ? {} : { after: BigInt(Math.floor(rows / 2)) };
    let quickest = Infinity;
    for (let round = 0; round < ROUNDS; round += 1) {
      const started = performance.now();
      await readEvents(database, { store: { id: 1n, timeZone: "UTC" }, filters, cursor });
      quickest = Math.min(quickest, performance.now() - started);
      if (quickest > 2_000) break;
    }
    costs[name] = Number(quickest.toFixed(2));
  }
  return costs;
}

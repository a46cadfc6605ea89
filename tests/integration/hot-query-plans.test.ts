import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { logPlans, readPlans, type LoggedPlan } from "#tests/setup/explain-statements.ts";
import { READS, WRITES, findKnownOrder, type AskedHistory } from "#tests/setup/hot-queries.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

import { BIG_TABLES, fillHistory } from "../../bench/growth/fill-history.ts";

/** Enough for the planner to see what a table of millions is like. */
const ORDERS = 60_000;
/** Of a table's rows; the store that is asked about has a tenth of them. */
const MOST_READ = 0.4;
const NOW = Date.parse("2026-11-26T12:00:00Z");

/** A server of its own: its log holds nobody else's plans. */
describe("the plans of the hot queries", () => {
  let server: Awaited<ReturnType<typeof startPostgresServer>>;
  let database: Database;
  let history: AskedHistory;
  /** Rows of each big table. */
  let sizes: ReadonlyMap<string, number>;
  beforeAll(async () => {
    server = await startPostgresServer();
    const databaseUrl = `${server.url}/postgres`;
    const migrated = await openDatabase({ databaseUrl, log: createLog("silent") });
    await migrated.close();
    await fillHistory(databaseUrl, { orders: ORDERS, now: NOW });
    await logPlans(databaseUrl);
    database = await openDatabase({ databaseUrl, log: createLog("silent") });
    sizes = new Map(
      (
        await database.prisma.$queryRaw<{ name: string; rows: number }[]>`
          SELECT relname::text AS name, reltuples::float8 AS rows FROM pg_class
          WHERE relname = ANY(${[...BIG_TABLES]}::text[]) AND relkind = 'r'`
      ).map(({ name, rows }) => [name, rows]),
    );
    const known = await findKnownOrder(database, ORDERS);
    history = { database, orders: ORDERS, now: NOW, round: 0, known };
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const plansOf = async (work: () => Promise<unknown>): Promise<readonly LoggedPlan[]> => {
    const from = server.log.length;
    await work();
    return expect
      .poll(() => readPlans(server.log.slice(from)).length)
      .toBeGreaterThan(0)
      .then(() => readPlans(server.log.slice(from)));
  };
  /** A scan of the whole table, or of so much of it by an index that it grows with the table. */
  const fullScans = (plans: readonly LoggedPlan[]) =>
    plans
      .filter(({ steps }) =>
        steps.some(({ kind, table, rows }) => {
          const size = sizes.get(table ?? "");
          return size !== undefined && (kind === "Seq Scan" || rows > size * MOST_READ);
        }),
      )
      .map(({ sql }) => sql);

  it("are asked of a history in which every table is big", () => {
    expect([...sizes.keys()].sort()).toEqual([...BIG_TABLES].sort());
    expect(Math.min(...sizes.values())).toBeGreaterThan(1_500);
  });

  it.each([...READS, ...WRITES])("$name reads no big table from end to end", async ({ run }) => {
    expect(fullScans(await plansOf(() => run(history)))).toEqual([]);
  });

  it("are looked at closely enough to find a scan", async () => {
    const plans = await plansOf(
      () => database.prisma.$queryRaw`SELECT count(*) FROM delivery WHERE attempts > 3`,
    );
    expect(fullScans(plans)).toHaveLength(1);
  });

  it("are looked at closely enough to find an index that is read from end to end", async () => {
    const plans = await plansOf(() =>
      database.prisma.$transaction([
        database.prisma.$executeRaw`SET LOCAL enable_seqscan = off`,
        database.prisma.$queryRaw`SELECT id FROM conversion WHERE value > 31 ORDER BY id LIMIT 1`,
      ]),
    );
    expect(plans[0]?.steps.map(({ kind }) => kind)).toContain("Index Scan");
    expect(fullScans(plans)).toHaveLength(1);
  });
});

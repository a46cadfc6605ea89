import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { logPlans, readPlans, type LoggedPlan } from "#tests/setup/explain-statements.ts";
import { READS, WRITES } from "#tests/setup/hot-queries.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

import { fillHistory } from "../../bench/growth/fill-history.ts";

/** Tables that grow with every order. */
const BIG = ["conversion", "delivery", "browser_report", "attempt"];
/** Enough for the planner to see what a table of millions is like. */
const ORDERS = 60_000;
const NOW = Date.parse("2026-11-26T12:00:00Z");

/** A server of its own: its log holds nobody else's plans. */
describe("the plans of the hot queries", () => {
  let server: Awaited<ReturnType<typeof startPostgresServer>>;
  let database: Database;
  beforeAll(async () => {
    server = await startPostgresServer();
    const databaseUrl = `${server.url}/postgres`;
    const filling = await openDatabase({ databaseUrl, log: createLog("silent") });
    await fillHistory(filling, { orders: ORDERS, now: NOW });
    await filling.close();
    await logPlans(databaseUrl);
    database = await openDatabase({ databaseUrl, log: createLog("silent") });
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
  const fullScans = (plans: readonly LoggedPlan[]) =>
    plans
      .filter(({ steps }) =>
        steps.some(({ kind, table }) => kind === "Seq Scan" && BIG.includes(table ?? "")),
      )
      .map(({ sql }) => sql);

  it.each([...READS, ...WRITES])("$name reads no big table from end to end", async ({ run }) => {
    expect(fullScans(await plansOf(() => run({ database, orders: ORDERS, now: NOW })))).toEqual([]);
  });

  it("are looked at closely enough to find a scan", async () => {
    const plans = await plansOf(
      () => database.prisma.$queryRaw`SELECT count(*) FROM delivery WHERE attempts > 3`,
    );
    expect(fullScans(plans)).toHaveLength(1);
  });
});

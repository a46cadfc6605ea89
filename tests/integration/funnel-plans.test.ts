import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import type { FunnelLogFilters } from "#app/quality/funnel-log-filters.ts";
import { readFunnelEvent } from "#app/quality/read-funnel-event.server.ts";
import { readFunnelLog } from "#app/quality/read-funnel-log.server.ts";
import type { EventCursor } from "#app/quality/read-events.server.ts";
import { logPlans, readPlans, type PlanStep } from "#tests/setup/explain-statements.ts";
import { fillFunnel } from "#tests/setup/fill-funnel.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

const NOW = Date.UTC(2026, 2, 10, 12);
const DAY = 86_400_000;
/** Events of a day and store: enough for the planner to see what a big partition is like. */
const A_DAY = 15_000;
/** A page and the row that tells of a next one, from each of the days. */
const A_PAGE = 51 * 12;
/** Events that a search for something rare looks at before it is broken off (read-funnel-log.server.ts). */
const WALKED = 20_000;
/** Before the week that is kept: a partition that nobody has dropped yet. */
const OLD = "funnel_event_20260226";

/** A server of its own: its log holds nobody else's plans. */
describe("the plans of the log of the funnel", () => {
  let server: Awaited<ReturnType<typeof startPostgresServer>>;
  let database: Database;
  let storeId: bigint;
  let datasetId: bigint;
  beforeAll(async () => {
    server = await startPostgresServer();
    const databaseUrl = `${server.url}/postgres`;
    const filling = await openDatabase({ databaseUrl, log: createLog("silent") });
    const stores = [];
    for (const shop of ["mine.myshopify.com", "theirs.myshopify.com"])
      stores.push(
        await filling.prisma.store.create({
          data: { shop, datasets: { create: { datasetId: `${shop.length}001` } } },
          include: { datasets: true },
        }),
      );
    for (const { id, datasets } of stores) {
      const own = { storeId: id, datasetId: datasets[0]?.id ?? 0n };
      await fillFunnel(filling, {
        ...own,
        event: "ViewContent",
        count: 2,
        newest: NOW - 7 * DAY,
        state: "dead",
        outcome: "failed",
        idPrefix: "dead-",
      });
      for (const daysAgo of [12, 7, 6, 5, 4, 3, 2, 1, 0])
        await fillFunnel(filling, {
          ...own,
          event: "ViewContent",
          count: A_DAY,
          everyMs: 1_000,
          newest: NOW - daysAgo * DAY,
          idPrefix: `${daysAgo}-`,
        });
      await fillFunnel(filling, { ...own, event: "Search", count: 3, newest: NOW - 6 * DAY, idPrefix: "s-" });
    }
    await filling.prisma.$executeRaw`VACUUM ANALYZE`;
    [storeId, datasetId] = [stores[0]?.id ?? 0n, stores[0]?.datasets[0]?.id ?? 0n];
    await filling.close();
    await logPlans(databaseUrl);
    database = await openDatabase({ databaseUrl, log: createLog("silent") });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  /** Steps that read events. */
  const stepsOf = async (work: () => Promise<unknown>): Promise<readonly PlanStep[]> => {
    const from = server.log.length;
    await work();
    await expect.poll(() => readPlans(server.log.slice(from)).length).toBeGreaterThan(0);
    return readPlans(server.log.slice(from))
      .flatMap(({ steps }) => steps)
      .filter(({ table }) => table?.startsWith("funnel_event"));
  };
  const log = (
    event: "ViewContent" | "Search",
    filters: Partial<FunnelLogFilters> = {},
    cursor: EventCursor = {},
  ) =>
    readFunnelLog(database, {
      store: { id: storeId },
      event,
      filters: { state: [], outcome: [], dataset: null, eventId: "", ...filters },
      cursor,
      now: NOW,
    });

  it.each<[string, () => Promise<{ rows: readonly unknown[] }>, rows: number, mostRead: number]>([
    ["the newest", () => log("ViewContent"), 50, A_PAGE],
    ["a page in the middle", () => log("ViewContent", {}, { after: 130_000n }), 50, A_PAGE],
    ["back from there", () => log("ViewContent", {}, { before: 100_000n }), 50, A_PAGE],
    ["an event that is rare", () => log("Search"), 3, A_PAGE],
    ["those that Meta refused", () => log("ViewContent", { state: ["dead"] }), 2, A_PAGE],
    ["one by its ID", () => log("ViewContent", { eventId: "3-77" }), 1, 10],
    [
      "a search that finds nothing near",
      () => log("ViewContent", { outcome: ["failed"] }),
      0,
      2 * WALKED + 1_000,
    ],
    ["those of one dataset", () => log("ViewContent", { dataset: String(datasetId) }), 50, 2 * WALKED],
  ])("%s: by an index, of the days that are kept", async (_name, read, rows, mostRead) => {
    let found: { rows: readonly unknown[] } = { rows: [] };
    const steps = await stepsOf(async () => (found = await read()));
    expect(found.rows).toHaveLength(rows);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.filter(({ kind, rows: looked }) => kind === "Seq Scan" && looked > 0)).toEqual([]);
    expect(steps.filter(({ table }) => table === OLD)).toEqual([]);
    expect(steps.reduce((sum, step) => sum + step.rows, 0)).toBeLessThanOrEqual(mostRead);
  });

  it("an event's own page reads one row of one day", async () => {
    let row: { readonly day: string; readonly id: string } | undefined;
    await stepsOf(async () => ([row] = (await log("ViewContent")).rows));
    const steps = await stepsOf(() =>
      readFunnelEvent(database, { storeId, event: "ViewContent", place: `${row?.day}.${row?.id}` }),
    );
    expect(steps.map(({ rows }) => rows)).toEqual([1]);
  });

  it("a search that was broken off says how far it came and can be taken up again", async () => {
    const first = await log("ViewContent", { outcome: ["failed"] });
    expect(first.searchedTo).toBeLessThan(NOW - DAY);
    let page = first;
    for (let step = 0; page.rows.length === 0 && page.older !== null && step < 20; step += 1)
      page = await log("ViewContent", { outcome: ["failed"] }, { after: BigInt(page.older) });
    expect(page.rows).toHaveLength(2);
  });

  it("are looked at closely enough to find a scan", async () => {
    const steps = await stepsOf(
      () => database.prisma.$queryRaw`SELECT count(*) FROM funnel_event WHERE attempts > 3`,
    );
    expect(steps.some(({ kind, table }) => kind === "Seq Scan" && table === OLD)).toBe(true);
  });
});

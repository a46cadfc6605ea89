import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { deleteCustomerEvents, exportCustomerEvents } from "#app/funnel/erase-funnel.server.ts";
import { keepPartitions } from "#app/funnel/keep-partitions.server.ts";
import {
  noteAttempt,
  readWaiting,
  settleEvents,
  type WaitingEvent,
} from "#app/funnel/waiting-events.server.ts";
import { writeFunnelEvents, type FunnelRow } from "#app/funnel/write-funnel-events.server.ts";
import { hashValue } from "#app/conversions/customer/hash-value.ts";
import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { logPlans, readPlans, type PlanStep } from "#tests/setup/explain-statements.ts";
import { fillFunnel } from "#tests/setup/fill-funnel.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

const NOW = Date.UTC(2026, 2, 10, 12);
/** Of the store's day that are at Meta already: more than a customer's search looks at in one statement. */
const DELIVERED = 50_000;
/** After an hour in which Meta did not answer. */
const WAITING = 20_000;
/** Of one request. */
const BATCH = 500;

/**
 * What each event passes, on a day of which the server knows nothing yet: every partition begins so, at midnight, and stays
 * so until it is analysed.
 */
describe("the plans of what each event of the funnel passes, on a fresh day", () => {
  let server: Awaited<ReturnType<typeof startPostgresServer>>;
  let database: Database;
  let storeId: bigint;
  let datasetId: bigint;
  let waiting: readonly WaitingEvent[];
  beforeAll(async () => {
    server = await startPostgresServer();
    const databaseUrl = `${server.url}/postgres`;
    const filling = await openDatabase({ databaseUrl, log: createLog("silent") });
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query("ALTER SYSTEM SET autovacuum = off");
    await client.query("SELECT pg_reload_conf()");
    await client.end();
    const store = await filling.prisma.store.create({
      data: { shop: "mine.myshopify.com", datasets: { create: { datasetId: "18001" } } },
      include: { datasets: true },
    });
    storeId = store.id;
    datasetId = store.datasets[0]?.id ?? 0n;
    await keepPartitions(filling, NOW);
    const own = { storeId, datasetId, newest: NOW - 60_000, everyMs: 1 };
    await fillFunnel(filling, { ...own, event: "ViewContent", count: DELIVERED, idPrefix: "old-" });
    await fillFunnel(filling, {
      ...own,
      event: "AddToCart",
      count: WAITING,
      state: "waiting",
      idPrefix: "new-",
    });
    await filling.close();
    await logPlans(databaseUrl);
    database = await openDatabase({ databaseUrl, log: createLog("silent") });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  /** Rows of events that were looked at. */
  const readBy = async (work: () => Promise<unknown>): Promise<number> => {
    const from = server.log.length;
    await work();
    const plans = () => readPlans(server.log.slice(from));
    await expect.poll(() => plans().length).toBeGreaterThan(0);
    const steps: readonly PlanStep[] = plans().flatMap((plan) => plan.steps);
    return steps
      .filter(({ table, kind }) => table?.startsWith("funnel_event_2") && kind !== "ModifyTable")
      .reduce((sum, { rows }) => sum + rows, 0);
  };

  const row = (id: string): FunnelRow => ({
    storeId,
    datasetId,
    eventTime: NOW,
    receivedAt: NOW,
    outcome: "sent",
    isThin: false,
    event: {
      event_name: "ViewContent",
      event_time: NOW / 1000,
      event_id: id,
      action_source: "website",
      user_data: { fbp: "fb.1.1700000000000.1234567890" },
      custom_data: { value: 5, currency: "EUR" },
    },
  });

  it("reads those that wait, and none that went", async () => {
    const read = await readBy(async () => (waiting = await readWaiting(database, datasetId, BATCH)));
    expect(waiting).toHaveLength(BATCH);
    // Of each day that can have any, one more than it gives.
    expect(read).toBeLessThanOrEqual(BATCH + 12);
  });

  it("notes an attempt at those that were tried", async () => {
    const tried = waiting.slice(0, 50);
    expect(await readBy(() => noteAttempt(database, datasetId, tried))).toBeLessThanOrEqual(2 * 50);
  });

  it("settles those that went, and looks at no other", async () => {
    const settled = await readBy(() =>
      settleEvents(database, datasetId, waiting, { state: "delivered" }, NOW),
    );
    expect(settled).toBeLessThanOrEqual(2 * BATCH);
    const [next] = await readWaiting(database, datasetId, 1);
    expect(next?.id).toBeGreaterThan(waiting.at(-1)?.id ?? 0n);
  });

  it("stores one that is new, and one that is there already, by the table's key", async () => {
    const written = await readBy(async () =>
      expect(await writeFunnelEvents(database, [row("one"), row("old-7")], NOW)).toBe(1),
    );
    expect(written).toBeLessThanOrEqual(2);
  });

  it("looks at a store's events twice for a customer: to see where a step ends, and in it", async () => {
    const customer = { em: hashValue("nobody@example.com") };
    const looked = await readBy(() => deleteCustomerEvents(database, storeId, customer));
    expect(looked).toBeLessThanOrEqual(2.1 * (DELIVERED + WAITING));
    const exported = await readBy(() => exportCustomerEvents(database, storeId, customer));
    expect(exported).toBeLessThanOrEqual(2.1 * (DELIVERED + WAITING));
  });
});

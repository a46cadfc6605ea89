import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { createIntake, type Intake } from "#app/intake/take-in-order.server.ts";
import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { judgeFailure } from "#app/platform/database/judge-failure.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { createReadiness } from "#app/platform/http/readiness.server.ts";
import { writeJson } from "#sandbox/shopify/orders/order-json.ts";
import type { ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";
import { eventually } from "#tests/setup/eventually.ts";
import { openShopify } from "#tests/setup/open-shopify.ts";
import { startPostgresServer } from "#tests/setup/start-postgres.ts";

const log = createLog("silent");
const SHOP = "tandem-demo.myshopify.com";
/**
 * A real server of its own: locked, cut off, read-only, used up, standing still. Each trouble lasts until everybody has been
 * answered, so that an answer at all shows that nobody waits for its end.
 */
describe("a server that does not do its work", () => {
  let server: Awaited<ReturnType<typeof startPostgresServer>>;
  let database: Database;
  let sandbox: ShopifySandbox;
  let hand: pg.Client;
  let intake: Intake;
  let isReady: () => Promise<boolean>;

  beforeAll(async () => {
    server = await startPostgresServer();
    const databaseUrl = `${server.url}/postgres`;
    database = await openDatabase({ databaseUrl, log, poolSize: 4 });
    hand = new pg.Client({ connectionString: databaseUrl });
    await hand.connect();
    sandbox = await openShopify();
    await database.prisma.store.create({
      data: { shop: SHOP, installedAt: new Date(), datasets: { create: { datasetId: "1110001" } } },
    });
    await database.prisma.keyCheck.create({ data: { sealed: "sealed", sealedAt: new Date() } });
  });
  beforeEach(() => {
    intake = createIntake({ database, clock: Date.now, log, poolSize: 4 });
    isReady = createReadiness({ database, folder: "", lastFull: () => intake.lastFull });
  });
  afterAll(async () => {
    await hand.end();
    await database.close();
    await sandbox.close();
    await server.stop();
  });

  const bring = async (): Promise<string> => {
    const parsed = parseOrder(writeJson(sandbox.placeOrder(SHOP, { at: Date.now() }).payload));
    if (!parsed.ok) throw new Error(parsed.problem.message);
    return intake.takeIn({ shop: SHOP, order: parsed.order, via: "webhook" }).then(
      ({ kind }) => kind,
      (error: unknown) => judgeFailure(error),
    );
  };
  const causeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => "nothing",
      (error: unknown) => judgeFailure(error),
    );

  it("refuses orders while their table is locked, and takes them in afterwards", async () => {
    await hand.query("BEGIN; LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE");
    const brought: Promise<string>[] = [];
    for (let order = 0; order < 40; order += 1) {
      brought.push(bring());
      await sleep(100);
    }
    for (const outcome of await Promise.all(brought))
      expect(["overloaded", "database_slow"]).toContain(outcome);
    // Nothing of it waits in the server any more.
    await eventually(async () => {
      const { rows } = await hand.query<{ waiting: string }>(
        "SELECT count(*) AS waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
      );
      expect(Number(rows[0]?.waiting)).toBe(0);
    });
    await hand.query("ROLLBACK");
    expect(await bring()).toBe("stored");
  });

  it("is not ready while it takes no writes", async () => {
    expect(await isReady()).toBe(true);
    await hand.query("ALTER SYSTEM SET default_transaction_read_only = on");
    await hand.query("SELECT pg_reload_conf()");
    await eventually(async () => expect(await bring()).toBe("database_read_only"));
    await eventually(async () => expect(await isReady()).toBe(false));
    await hand.query("SET default_transaction_read_only = off");
    await hand.query("ALTER SYSTEM RESET default_transaction_read_only");
    await hand.query("SELECT pg_reload_conf()");
    await eventually(async () => expect(await bring()).toBe("stored"));
    await eventually(async () => expect(await isReady()).toBe(true));
  });

  it("says why: connections cut off, none left, a statement that takes too long", async () => {
    const asleep = database.prisma.$queryRaw`SELECT pg_sleep(60)::text`;
    const cut = causeOf(asleep);
    await eventually(async () => {
      const { rowCount } = await hand.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()",
      );
      expect(rowCount).toBeGreaterThan(0);
    });
    expect(await cut).toBe("database_unreachable");

    const held = Array.from({ length: 4 }, () =>
      causeOf(
        database.prisma.$transaction(async (transaction) => {
          await transaction.$executeRaw`SET LOCAL statement_timeout = 6000`;
          await transaction.$queryRaw`SELECT pg_sleep(61)::text`;
        }),
      ),
    );
    await eventually(async () => {
      const { rows } = await hand.query<{ asleep: string }>(
        "SELECT count(*) AS asleep FROM pg_stat_activity WHERE query LIKE '%pg_sleep(61)%' AND pid <> pg_backend_pid()",
      );
      expect(Number(rows[0]?.asleep)).toBe(4);
    });
    expect(await causeOf(database.prisma.store.count())).toBe("database_unreachable");
    expect(await Promise.all(held)).toEqual(Array.from({ length: 4 }, () => "database_slow"));
  });

  it("is not ready, and answers, while its processes stand still", async () => {
    await eventually(async () => expect(await isReady()).toBe(true));
    const main = Number(readFileSync(path.join(server.folder, "data/postmaster.pid"), "utf8").split("\n")[0]);
    const { rows } = await hand.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE datname = 'postgres' AND pid <> pg_backend_pid()",
    );
    const processes = [main, ...rows.map(({ pid }) => pid)];
    for (const pid of processes) process.kill(pid, "SIGSTOP");
    try {
      await eventually(async () => expect(await isReady()).toBe(false));
      expect(["overloaded", "database_unreachable"]).toContain(await bring());
    } finally {
      for (const pid of processes) process.kill(pid, "SIGCONT");
    }
    await eventually(async () => expect(await bring()).toBe("stored"));
    await eventually(async () => expect(await isReady()).toBe(true));
  });

  it("is not ready while it is stopped, and is again by itself", async () => {
    await eventually(async () => expect(await isReady()).toBe(true));
    hand.on("error", () => undefined);
    const restarted = server.restart(3_000);
    await eventually(async () => expect(await bring()).toBe("database_unreachable"));
    await eventually(async () => expect(await isReady()).toBe(false));
    await restarted;
    await eventually(async () => expect(await bring()).toBe("stored"));
    await eventually(async () => expect(await isReady()).toBe(true));
  });
});

import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { foldTallies } from "#app/quality/fold-tallies.server.ts";
import { readTallies } from "#app/quality/read-tallies.server.ts";
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

const MIGRATION = "20261126130000_tally_currency";

/** The migrations before this one. */
function earlierMigrations(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-migrations-"));
  for (const name of readdirSync("prisma/migrations"))
    if (/^\d/.test(name) && name < MIGRATION)
      cpSync(path.join("prisma/migrations", name), path.join(folder, name), { recursive: true });
  return folder;
}

describe.each(DATABASE_KINDS)(
  "counts from before they knew currencies, on the %s database",
  (databaseKind) => {
    let old: TestDatabase;
    let database: Database;
    const migrationsFolder = earlierMigrations();
    const insert = (key: string, order: { value: number; currency: string; test?: boolean; kind?: string }) =>
      old.database.prisma.$executeRaw`
      WITH made AS (
        INSERT INTO conversion (store_id, event_name, source_key, event_id, event_time, paid_at, received_at, source,
          action_source, shop_value, shop_currency, test, customer_kind, pairing)
        SELECT id, 'Purchase', ${key}, ${key}, '2026-03-01', '2026-03-01', '2026-03-01', 'web', 'website',
          ${order.value}::numeric, ${order.currency}, ${order.test ?? false}::boolean, ${order.kind ?? null}::text, 'pending'
        FROM store RETURNING id, store_id)
      INSERT INTO delivery (store_id, dataset_id, conversion_id, state, skip_reason, due_at, expires_at)
      SELECT m.store_id, d.id, m.id, ${order.test ? "skipped" : "delivered"}, ${order.test ? "test_order" : null}::text,
        '2026-03-01', '2026-03-08' FROM made m JOIN dataset d ON d.store_id = m.store_id`;

    beforeAll(async () => {
      old = await openTestDatabase(databaseKind, { migrationsFolder });
      const { prisma } = old.database;
      await prisma.$executeRaw`INSERT INTO store (shop, currency) VALUES ('old.myshopify.com', 'USD')`;
      await prisma.$executeRaw`INSERT INTO dataset (store_id, dataset_id) SELECT id, '111' FROM store`;
      await insert("1", { value: 10, currency: "USD", kind: "new" });
      await insert("2", { value: 8485, currency: "PKR", kind: "new" });
      // Folded with the statement of that time: some counts stand in one table, some in the other.
      await prisma.$executeRaw`
      WITH taken AS (DELETE FROM tally_delta RETURNING store_id, dataset_id, day, metric, label, count, amount)
      INSERT INTO tally (store_id, dataset_id, day, metric, label, count, amount)
      SELECT store_id, dataset_id, day, metric, label, sum(count), sum(amount) FROM taken GROUP BY 1, 2, 3, 4, 5`;
      await insert("3", { value: 162.04, currency: "EUR" });
      await insert("4", { value: 99, currency: "USD", test: true, kind: "new" });
      // Its row is gone, its counts stay: as they were shown, under the store's currency.
      await insert("5", { value: 7, currency: "USD" });
      await prisma.$executeRaw`DELETE FROM conversion WHERE source_key = '5'`;
      await old.database.close();
      const { url: databaseUrl, dataDirectory } = old;
      database = await openDatabase({ databaseUrl, dataDirectory, log: createLog("silent") });
    });
    afterAll(async () => {
      await database.close();
      // The embedded one was closed above, and closes once.
      if (databaseKind === "server") await old.destroy();
      else rmSync(old.dataDirectory, { recursive: true, force: true });
      rmSync(migrationsFolder, { recursive: true, force: true });
    });

    it("stand under the currency of each order, and test orders are no sales, folded or not", async () => {
      const { id: storeId } = await database.prisma.store.findFirstOrThrow();
      const read = async () =>
        (await readTallies(database, { storeId, from: "2026-01-01", to: "2026-12-31" }))
          .map(({ metric, label, currency, count, amount }) =>
            [metric, label, currency, count, amount].join(" "),
          )
          .sort();
      const expected = [
        "customer new PKR 1 8485",
        "customer new USD 1 10",
        "delivery delivered EUR 1 162.04",
        "delivery delivered PKR 1 8485",
        "delivery delivered USD 2 17",
        "delivery skipped:test_order USD 1 99",
        "order test USD 1 99",
        "order web EUR 1 162.04",
        "order web PKR 1 8485",
        "order web USD 2 17",
        "pairing web:pending EUR 1 162.04",
        "pairing web:pending PKR 1 8485",
        "pairing web:pending USD 2 17",
      ];
      expect(await read()).toEqual(expected);
      await foldTallies(database);
      expect(await read()).toEqual(expected);
    });
  },
);

import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openDatabase, type Database } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

const MIGRATION = "20261126020000_event_ids_unique";

/** The migrations before this one. */
function earlierMigrations(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-migrations-"));
  for (const name of readdirSync("prisma/migrations"))
    if (/^\d/.test(name) && name < MIGRATION)
      cpSync(path.join("prisma/migrations", name), path.join(folder, name), { recursive: true });
  return folder;
}

describe.each(DATABASE_KINDS)(
  "orders from before event IDs were unique, on the %s database",
  (databaseKind) => {
    let old: TestDatabase;
    let database: Database;
    const migrationsFolder = earlierMigrations();
    const insert = ({ prisma }: Pick<Database, "prisma">, sourceKey: string, eventId: string) =>
      prisma.$executeRaw`
      INSERT INTO conversion (store_id, event_name, source_key, event_id, event_time, paid_at, received_at, source, action_source)
      SELECT id, 'Purchase', ${sourceKey}, ${eventId}, now(), now(), now(), 'web', 'website' FROM store`;

    beforeAll(async () => {
      old = await openTestDatabase(databaseKind, { migrationsFolder });
      await old.database.prisma.$executeRaw`INSERT INTO store (shop) VALUES ('old.myshopify.com')`;
      await insert(old.database, "1", "2901");
      await insert(old.database, "2", "2901");
      await insert(old.database, "3", "2902");
      await insert(old.database, "4", "2901");
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

    it("stay as they were sent, and the first of them keeps its ID from new orders", async () => {
      const rows = await database.prisma.conversion.findMany({ orderBy: { id: "asc" } });
      expect(rows.map((row) => [row.sourceKey, row.eventId, row.eventIdShared])).toEqual([
        ["1", "2901", false],
        ["2", "2901", true],
        ["3", "2902", false],
        ["4", "2901", true],
      ]);
      await expect(insert(database, "5", "2901")).rejects.toThrow();
      await insert(database, "5", "2903");
      expect(await database.prisma.conversion.count()).toBe(5);
    });
  },
);

import { randomBytes } from "node:crypto";

import { describe, expect, it } from "vitest";

import { MigrationProblem } from "#app/platform/database/apply-migrations.server.ts";
import { openDatabase } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { DATABASE_KINDS, openTestDatabase } from "#tests/setup/open-test-database.ts";
import { runNode } from "#tests/setup/run-process.ts";

import { APP_PROCESS } from "../../scripts/ensure-build.ts";

const log = createLog("silent");

describe.each(DATABASE_KINDS)("the %s database", (databaseKind) => {
  it("opens again with what was written, and migrates nothing twice", async () => {
    const first = await openTestDatabase(databaseKind);
    await first.database.prisma.store.create({ data: { shop: "kept.myshopify.com" } });
    await first.database.close();
    const again = await openDatabase({ databaseUrl: first.url, dataDirectory: first.dataDirectory, log });
    expect(await again.prisma.store.count()).toBe(1);
    await again.close();
  });

  it("refuses a migration that was changed after it was applied", async () => {
    const first = await openTestDatabase(databaseKind);
    await first.database.prisma.$executeRaw`UPDATE "_prisma_migrations" SET checksum = 'other'`;
    await first.database.close();
    await expect(
      openDatabase({ databaseUrl: first.url, dataDirectory: first.dataDirectory, log }),
    ).rejects.toThrow(MigrationProblem);
  });

  it("keeps 64-bit numbers, exact decimals, JSON, arrays and milliseconds", async () => {
    const { database, destroy } = await openTestDatabase(databaseKind);
    const at = new Date("2026-03-29T01:59:59.123Z");
    const [row] = await database.prisma.$queryRaw<Record<string, unknown>[]>`
      SELECT ${9007199254740993n}::bigint AS big, '0.1'::numeric + '0.2'::numeric AS sum,
             ${JSON.stringify({ a: ["ü"] })}::jsonb AS json, ${["x", "y"]}::text[] AS list, ${at}::timestamptz AS at`;
    expect(row).toMatchObject({ big: 9007199254740993n, json: { a: ["ü"] }, list: ["x", "y"], at });
    expect(String(row?.["sum"])).toBe("0.3");
    await destroy();
  });

  it("carries notifications", async () => {
    const { database, destroy } = await openTestDatabase(databaseKind);
    const heard = new Promise<string>(
      (resolve) => void database.listen("news", resolve).then(() => database.notify("news", "hello")),
    );
    expect(await heard).toBe("hello");
    await destroy();
  });
});

/** What is stamped by a database and what is stamped by a process are compared everywhere: they must agree. */
describe("the clock", () => {
  const MINUTE = 60_000;
  it.each(DATABASE_KINDS)("of the %s database is the clock of this process", async (databaseKind) => {
    const { database, destroy } = await openTestDatabase(databaseKind);
    const before = Date.now();
    const [row] = await database.prisma.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
    const after = Date.now();
    expect(row?.now.getTime()).toBeGreaterThan(before - MINUTE);
    expect(row?.now.getTime()).toBeLessThan(after + MINUTE);
    await destroy();
  });

  it("of a process that gets an environment of its own is the clock of this process", async () => {
    const before = Date.now();
    const { stdout } = await runNode(["-p", "Date.now()"], {});
    expect(Number(stdout)).toBeGreaterThan(before - MINUTE);
    expect(Number(stdout)).toBeLessThan(Date.now() + MINUTE);
  });
});

describe("starting together", () => {
  it("migrates a server's database once", async () => {
    const { url, database, destroy } = await openTestDatabase("server");
    await database.prisma.$executeRawUnsafe(
      "DROP SCHEMA public CASCADE; CREATE SCHEMA public;".split(";")[0] ?? "",
    );
    await database.prisma.$executeRawUnsafe("CREATE SCHEMA public");
    const opened = await Promise.all([1, 2, 3, 4].map(() => openDatabase({ databaseUrl: url, log })));
    const [row] = await database.prisma.$queryRaw<{ twice: bigint }[]>`
      SELECT count(*) - count(DISTINCT migration_name) AS twice FROM "_prisma_migrations"`;
    expect(row?.twice).toBe(0n);
    await Promise.all(opened.map((each) => each.close()));
    await destroy();
  });

  it("lets one process into the embedded folder; the next gets one line that says why and what to do", async () => {
    const { dataDirectory, destroy } = await openTestDatabase("embedded");
    const second = await runNode([APP_PROCESS], {
      SHOPIFY_API_KEY: "k",
      SHOPIFY_API_SECRET: "s",
      SHOPIFY_APP_URL: "http://localhost:1",
      APP_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
      TANDEM_DATA_DIR: dataDirectory,
      PORT: "0",
    });
    expect(second.status).toBe(1);
    expect(second.stderr.trim().split("\n")).toHaveLength(2);
    expect(second.stderr).toMatch(/in use by process \d+.*Stop that process, or set DATABASE_URL/);
    await destroy();
  });
});

import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openDatabase } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import {
  copyPrepared,
  isPrepared,
  PREPARED_FOLDER,
  preparedFiles,
} from "#app/platform/database/prepared-folder.server.ts";

const MIGRATIONS = path.resolve("prisma/migrations");
const log = createLog("silent");

describe("the prepared database", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "tandem-prepared-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is what a first start begins with: its schema is the one that the migrations make", async () => {
    const schemaOf = async (preparedFolder: string) => {
      const dataDirectory = mkdtempSync(path.join(folder, "data-"));
      const database = await openDatabase({ dataDirectory, preparedFolder, log });
      const columns = await database.prisma.$queryRaw`
        SELECT table_name, column_name, data_type, column_default, is_nullable FROM information_schema.columns
        WHERE table_schema = 'public' ORDER BY table_name, column_name`;
      const counted = await database.prisma.$queryRaw<{ stores: bigint; migrations: bigint }[]>`
        SELECT (SELECT count(*) FROM store) AS stores, (SELECT count(*) FROM "_prisma_migrations") AS migrations`;
      await database.close();
      return { columns, counted: counted[0] };
    };
    const copied = await schemaOf(path.resolve(PREPARED_FOLDER));
    expect(copied).toEqual(await schemaOf(path.join(folder, "none")));
    expect(copied.counted?.stores).toBe(0n);
  });

  it("is copied whole, also over what a killed start left", () => {
    const target = path.join(folder, "postgres");
    mkdirSync(`${target}.unfinished`);
    writeFileSync(path.join(`${target}.unfinished`, "half"), "");
    expect(copyPrepared(PREPARED_FOLDER, target, MIGRATIONS)).toBe(true);
    expect(readdirSync(target).sort()).toEqual(readdirSync(preparedFiles(PREPARED_FOLDER).database).sort());
    expect(existsSync(`${target}.unfinished`)).toBe(false);
  });

  it("leaves a database alone that is there", () => {
    const target = path.join(folder, "postgres");
    mkdirSync(target);
    writeFileSync(path.join(target, "PG_VERSION"), "17");
    expect(copyPrepared(PREPARED_FOLDER, target, MIGRATIONS)).toBe(false);
    expect(readdirSync(target)).toEqual(["PG_VERSION"]);
  });

  it("is not used for other migrations than its own", () => {
    const others = path.join(folder, "migrations");
    cpSync(MIGRATIONS, others, { recursive: true });
    expect(isPrepared(PREPARED_FOLDER, others)).toBe(true);
    const [first = ""] = readdirSync(others).filter((name) => /^\d/.test(name));
    writeFileSync(path.join(others, first, "migration.sql"), "SELECT 1");
    expect(copyPrepared(PREPARED_FOLDER, path.join(folder, "postgres"), others)).toBe(false);
  });

  it("is done without where no build has made it", () => {
    expect(copyPrepared(path.join(folder, "none"), path.join(folder, "postgres"), MIGRATIONS)).toBe(false);
    expect(existsSync(path.join(folder, "postgres"))).toBe(false);
  });
});

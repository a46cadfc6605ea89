import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * Applies prisma/migrations in order, in this process, and keeps the books in Prisma's own `_prisma_migrations` table,
 * so that `prisma migrate status` and `deploy` agree with it. Why not the command line itself: docs/decisions/0002.
 *
 * What must stay true: a migration and its entry commit together; two processes starting at once apply it once.
 */

/** A plain SQL session: one connection, so that a lock taken on it is held until released. */
export interface SqlSession {
  /** One or many statements, no parameters, no rows. */
  exec(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly Record<string, unknown>[]>;
}

export class MigrationProblem extends Error {
  override readonly name = "MigrationProblem";
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Any fixed number: the advisory lock that lets one starting process migrate while the others wait. */
const LOCK = 7_236_310_001;

export async function applyMigrations(session: SqlSession, folder: string): Promise<readonly string[]> {
  await session.exec(`SELECT pg_advisory_lock(${LOCK})`);
  try {
    await session.exec(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
      "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
      "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
      "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`);
    const entries = await session.rows(
      `SELECT "migration_name", "checksum", "finished_at" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL`,
    );
    const done = new Map(entries.map((entry) => [String(entry["migration_name"]), entry]));
    const applied: string[] = [];
    for (const migration of readMigrations(folder)) {
      const entry = done.get(migration.name);
      if (!entry) {
        await applyOne(session, migration);
        applied.push(migration.name);
        continue;
      }
      if (entry["finished_at"] === null) {
        throw new MigrationProblem(
          `Migration ${migration.name} was begun and not finished. Mend the database by hand, then "npx prisma migrate resolve".`,
        );
      }
      if (entry["checksum"] !== migration.checksum) {
        throw new MigrationProblem(
          `Migration ${migration.name} differs from the one this database was built with. Restore the file; write a new migration instead.`,
        );
      }
    }
    return applied;
  } finally {
    await session.exec(`SELECT pg_advisory_unlock(${LOCK})`);
  }
}

async function applyOne(session: SqlSession, migration: Migration): Promise<void> {
  try {
    await session.exec(
      `BEGIN;\n${migration.sql}\n;INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
       VALUES ('${randomUUID()}', '${migration.checksum}', '${migration.name}', now(), 1);\nCOMMIT;`,
    );
  } catch (cause) {
    await session.exec("ROLLBACK").catch(() => undefined);
    throw new MigrationProblem(
      `Migration ${migration.name} failed: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

function readMigrations(folder: string): readonly Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\w+$/.test(entry.name))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

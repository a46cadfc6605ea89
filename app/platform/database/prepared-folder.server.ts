import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/**
 * The first start of the embedded database makes a cluster and applies every migration, which takes seconds and much
 * memory. `npm run build` does it once, and a first start copies the result (docs/decisions/0750).
 *
 * What must stay true: a copy is whole or not there, and a prepared folder of other migrations or of another version of
 * the database is never used.
 */

export const PREPARED_FOLDER = "build/prepared-database";

/** Beside the database's own files in the prepared folder: what they were made from. */
const MADE_FROM = "made-from";
const DATABASE_FILES = "postgres";

/** Names the version of the embedded database and each migration with its text, as a hexadecimal hash. */
export function preparedFrom(migrations: string): string {
  const engine = path.dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite"));
  const hash = createHash("sha256").update(readFileSync(path.join(engine, "..", "package.json")));
  const names = readdirSync(migrations).sort();
  for (const name of names) {
    const file = path.join(migrations, name, "migration.sql");
    if (existsSync(file)) hash.update(name).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Whether `prepared` was made from these migrations by this version of the database. */
export function isPrepared(prepared: string, migrations: string): boolean {
  try {
    return readFileSync(path.join(prepared, MADE_FROM), "utf8") === preparedFrom(migrations);
  } catch {
    return false;
  }
}

/** The files that make a prepared folder: where the database goes, and the mark that is written last. */
export function preparedFiles(prepared: string): { readonly database: string; readonly madeFrom: string } {
  return { database: path.join(prepared, DATABASE_FILES), madeFrom: path.join(prepared, MADE_FROM) };
}

/**
 * Copies the prepared database to `folder` if nothing is there yet and the prepared one fits. The caller holds the lock
 * of the folder above. Returns whether it copied.
 */
export function copyPrepared(prepared: string, folder: string, migrations: string): boolean {
  if (existsSync(folder) && readdirSync(folder).length > 0) return false;
  if (!isPrepared(prepared, migrations)) return false;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  try {
    cpSync(preparedFiles(prepared).database, unfinished, { recursive: true });
  } catch {
    // A build replaces it at this moment, or the disk is full: the database is made anew, or says itself why not.
    rmSync(unfinished, { recursive: true, force: true });
    return false;
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  return true;
}

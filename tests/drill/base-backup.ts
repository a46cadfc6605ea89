import { execFile } from "node:child_process";
import { chownSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

import pg from "pg";

/**
 * A base backup of a running PostgreSQL server, by the steps that `pg_basebackup` does for an operator: no program of
 * PostgreSQL's but the server is among the packages. Orders may come in meanwhile.
 * https://www.postgresql.org/docs/current/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP
 *
 * @param data the server's own folder
 * @param copy a folder that is not there yet
 */
export async function takeBaseBackup(url: string, data: string, copy: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Without an archive the log must stay until it is copied.
    await client.query("ALTER SYSTEM SET wal_keep_size = '512MB'");
    await client.query("SELECT pg_reload_conf()");
    await client.query("SELECT pg_backup_start('drill', fast => true)");
    await copyFolder(data, copy);
    const { rows } = await client.query<{ labelfile: string }>(
      "SELECT labelfile FROM pg_backup_stop(wait_for_archive => false)",
    );
    // What was written while the files were copied: with it the copy becomes one moment's.
    const [log, copied] = [path.join(data, "pg_wal"), path.join(copy, "pg_wal")];
    rmSync(copied, { recursive: true, force: true });
    await copyFolder(log, copied);
    const label = path.join(copy, "backup_label");
    writeFileSync(label, rows[0]?.labelfile ?? "");
    const { uid, gid } = statSync(path.join(data, "PG_VERSION"));
    chownSync(label, uid, gid);
    for (const file of ["postmaster.pid", "postmaster.opts"]) rmSync(path.join(copy, file), { force: true });
  } finally {
    await client.end();
  }
}

/** Puts the copy in the place of a server's folder; the server is stopped. */
export async function restoreBaseBackup(copy: string, data: string): Promise<void> {
  rmSync(data, { recursive: true, force: true });
  await copyFolder(copy, data);
}

/** With owner and rights, as the server insists on. A file that goes away meanwhile is a temporary one of the server's. */
async function copyFolder(from: string, to: string): Promise<void> {
  try {
    await promisify(execFile)("cp", ["-a", from, to]);
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    if (
      !said
        .split("\n")
        .filter(Boolean)
        .every((line) => /No such file/.test(line))
    )
      throw error;
  }
}

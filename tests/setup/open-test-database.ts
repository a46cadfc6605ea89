import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import pg from "pg";
import { inject } from "vitest";

import {
  openDatabase,
  type Database,
  type OpenDatabaseOptions,
} from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";

import { MIGRATED } from "./start-postgres.ts";

export type DatabaseKind = "embedded" | "server";

/** Both database kinds, for `describe.each(DATABASE_KINDS)`: every integration test runs on each. */
export const DATABASE_KINDS: readonly DatabaseKind[] = ["embedded", "server"];

export interface TestDatabase {
  readonly database: Database;
  /** "" for the embedded database */
  readonly url: string;
  readonly dataDirectory: string;
  destroy(): Promise<void>;
}

/**
 * A fresh, migrated database of its own for one test file or test.
 *
 * @param options.migrationsFolder for a database as an earlier version left it
 */
export async function openTestDatabase(
  databaseKind: DatabaseKind,
  options: Pick<OpenDatabaseOptions, "migrationsFolder" | "onFailure"> = {},
): Promise<TestDatabase> {
  const log = createLog("silent");
  if (databaseKind === "embedded") {
    const dataDirectory = mkdtempSync(path.join(tmpdir(), "tandem-embedded-"));
    const database = await openDatabase({ ...options, dataDirectory, log });
    return {
      database,
      url: "",
      dataDirectory,
      destroy: async () => {
        await database.close();
        rmSync(dataDirectory, { recursive: true, force: true });
      },
    };
  }
  // With a folder of migrations of its own it begins empty.
  const { url, drop } = await createServerDatabase({ isMigrated: options.migrationsFolder === undefined });
  const database = await openDatabase({ ...options, databaseUrl: url, log, poolSize: 10 });
  return {
    database,
    url,
    dataDirectory: "",
    destroy: async () => {
      await database.close();
      await drop();
    },
  };
}

/** A fresh database on the run's server that nobody has opened, for a process of the app. */
export async function createServerDatabase({ isMigrated = true } = {}): Promise<{
  readonly url: string;
  /** Whoever is connected is disconnected. */
  drop(): Promise<void>;
}> {
  const server = inject("postgresUrl");
  const name = `tandem_${randomBytes(6).toString("hex")}`;
  await onServer(server, `CREATE DATABASE ${name} ${isMigrated ? `TEMPLATE ${MIGRATED}` : ""}`);
  return {
    url: `${server}/${name}`,
    drop: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

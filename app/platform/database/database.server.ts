import path from "node:path";

import type { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import pg from "pg";
import { PrismaPGlite } from "pglite-prisma-adapter";

import { applyMigrations, type SqlSession } from "./apply-migrations.server.ts";
import { embeddedFolder, openEmbedded, type DatabasePlace } from "./database-adapter.server.ts";
import { directOnEmbedded, directOnServer, type DirectStatements } from "./direct-statements.server.ts";
import { followGrowth } from "./follow-growth.server.ts";
import { lockFolder } from "./folder-lock.server.ts";
import type { Log } from "../process/log.server.ts";
import { listenOnServer } from "./listen-on-server.server.ts";
import { DEFAULT_POOL_SIZE } from "./pool-share.ts";
import { watchFailures } from "./watch-failures.server.ts";
import { copyPrepared, PREPARED_FOLDER } from "./prepared-folder.server.ts";

/**
 * The database, of either kind. Everything above speaks Prisma (with raw SQL where a statement must be one
 * statement); only this module knows which kind it is.
 */
export interface Database {
  readonly kind: "server" | "embedded";
  readonly prisma: PrismaClient;
  /** For the statements that each order passes, over the same connections. */
  readonly direct: DirectStatements;
  /** Wakes every process that listens on `channel`, this one included. Payload at most 7,900 bytes. */
  notify(channel: string, payload: string): Promise<void>;
  /**
   * Calls back for each notification; the promise gives the way to stop. Ask once: it survives reconnects and begins by
   * itself where the server is away at first. Notifications sent meanwhile are missed.
   */
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>;
  /** This process's connections to a server; undefined for the embedded database, which has none. */
  readonly connections: (() => ConnectionUse) | undefined;
  close(): Promise<void>;
}

export interface ConnectionUse {
  readonly used: number;
  readonly idle: number;
  /** Statements that wait for a connection to be free. */
  readonly waiting: number;
  /** The most there may be. */
  readonly limit: number;
}

export interface OpenDatabaseOptions extends DatabasePlace {
  readonly log: Log;
  /** Connections of this process to a PostgreSQL server. Default 10. */
  readonly poolSize?: number;
  /** Told of every statement that fails, whoever catches it; one within a transaction of the embedded database is not seen. */
  readonly onFailure?: (error: unknown) => void;
  /** Default: prisma/migrations below the working directory. */
  readonly migrationsFolder?: string;
  /** A database with the schema in it, which a first start of the embedded one copies. Default: the build's. */
  readonly preparedFolder?: string;
}

/**
 * Opens the database and brings it to this version's schema.
 * @throws FolderInUse, MigrationProblem, or the driver's error when the server cannot be reached
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const migrations = options.migrationsFolder ?? path.resolve("prisma/migrations");
  return options.databaseUrl
    ? openServer(options.databaseUrl, migrations, options)
    : openFolder(options, migrations);
}

/** A free connection of the pool is waited for so long; a webhook is answered within five seconds. Milliseconds. */
const CONNECTION_MS = 2_500;
/** Another's lock is waited for so long. Milliseconds. */
const LOCK_MS = 2_500;
/** The longest statement of the app is a slice of a job or a page of an export. Milliseconds. */
const STATEMENT_MS = 20_000;
/** A server that does not even say that a statement took too long: its process stands still, or the network is cut. */
const ANSWER_MS = STATEMENT_MS + 2_000;
/** Asked for by each connection of the pool, so that nothing of ours waits without end (docs/decisions/0702). */
const SERVER_LIMITS = `SET statement_timeout = ${STATEMENT_MS}; SET lock_timeout = ${LOCK_MS};
  SET idle_in_transaction_session_timeout = 30000`;

async function openServer(url: string, migrations: string, options: OpenDatabaseOptions): Promise<Database> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const session: SqlSession = {
      exec: async (sql) => void (await client.query(sql)),
      rows: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    };
    report(options.log, await applyMigrations(session, migrations));
  } finally {
    await client.end();
  }
  const limit = options.poolSize ?? DEFAULT_POOL_SIZE;
  const pool = new pg.Pool(poolOf(url, limit));
  const { onFailure } = options;
  if (onFailure) {
    pool.on("connect", (client) => watchFailures(client, "query", onFailure));
    watchFailures(pool, "connect", onFailure);
  }
  // A connection that breaks while nobody uses it is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: true }),
    transactionOptions: { maxWait: CONNECTION_MS, timeout: 30_000 },
  });
  const listener = listenOnServer(url, options.log);
  return {
    kind: "server",
    prisma,
    direct: directOnServer(pool),
    notify: async (channel, payload) =>
      void (await prisma.$executeRaw`SELECT pg_notify(${channel}, ${payload})`),
    listen: listener.listen,
    connections: () => ({
      used: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
      limit,
    }),
    close: async () => {
      await listener.close();
      await prisma.$disconnect();
      // The client ends the pool that it has used, and it may not have been asked for anything.
      if (!pool.ended) await pool.end();
    },
  };
}

/** The driver waits for what `onConnect` promises, before anybody gets the connection; its types do not say so. */
type PoolConfig = Omit<pg.PoolConfig, "onConnect"> & { onConnect(client: pg.ClientBase): Promise<void> };

function poolOf(url: string, size: number): PoolConfig {
  return {
    connectionString: url,
    max: size,
    connectionTimeoutMillis: CONNECTION_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    query_timeout: ANSWER_MS,
    // Not as parameters of the connection's start: a pooler between would refuse those that it does not know.
    onConnect: async (client) => void (await client.query(SERVER_LIMITS)),
  };
}

async function openFolder(place: OpenDatabaseOptions, migrations: string): Promise<Database> {
  const folder = embeddedFolder(place);
  const lock = await lockFolder(path.dirname(folder), {
    onLost: () => {
      // Two processes in one folder break the database for good; an order not answered is sent again.
      place.log.fatal({ folder }, "another process has taken over the embedded database; this one ends");
      process.exit(1);
    },
  });
  let lite: PGlite;
  try {
    copyPrepared(place.preparedFolder ?? path.resolve(PREPARED_FOLDER), folder, migrations);
    lite = await openEmbedded(place);
    const session: SqlSession = {
      exec: async (sql) => void (await lite.exec(sql)),
      rows: async (sql) => (await lite.query<Record<string, unknown>>(sql)).rows,
    };
    report(place.log, await applyMigrations(session, migrations));
    followGrowth(lite);
  } catch (error) {
    lock.release();
    throw error;
  }
  if (place.onFailure) watchFailures(lite, "query", place.onFailure);
  const prisma = new PrismaClient({
    adapter: new PrismaPGlite(lite),
    transactionOptions: { maxWait: 30_000, timeout: 60_000 },
  });
  return {
    kind: "embedded",
    prisma,
    direct: directOnEmbedded(lite),
    notify: async (channel, payload) =>
      void (await prisma.$executeRaw`SELECT pg_notify(${channel}, ${payload})`),
    listen: async (channel, onNotify) => lite.listen(channel, onNotify),
    connections: undefined,
    close: async () => {
      await prisma.$disconnect();
      await lite.close();
      lock.release();
    },
  };
}

function report(log: Log, applied: readonly string[]): void {
  if (applied.length > 0) log.info({ applied }, "migrations applied");
}

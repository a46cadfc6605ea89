import { timingSafeEqual } from "node:crypto";
import { existsSync } from "node:fs";

import type { ServerBuild } from "@remix-run/node";
import type { RequestHandler } from "express";

import { MigrationProblem } from "#app/platform/database/apply-migrations.server.ts";
import { readEnvironment, type Environment } from "#app/platform/process/environment.server.ts";
import { FolderInUse } from "#app/platform/database/folder-lock.server.ts";
import {
  forgetNotices,
  keepNotice,
  OPERATOR_NOTICES,
} from "#app/platform/process/operator-notices.server.ts";
import { readBacklog } from "#app/delivery/read-backlog.server.ts";
import { receiveOrdersPaid } from "#app/intake/receive-orders-paid.server.ts";
import { createReadiness } from "#app/platform/http/readiness.server.ts";
import { startHttpServer, type HttpServer } from "#app/platform/http/http-server.server.ts";
import { StartProblem, createTandem, type Tandem } from "#app/tandem.server.ts";

/**
 * The process: HTTP, the inline worker, signals.
 *
 *   npm start        web, with the worker inline unless WORKER=off
 *   npm run worker   worker alone
 *
 * On SIGTERM or SIGINT it stops taking connections, finishes or releases what it has leased, and closes the database.
 */

/** Longer than a long poll (10 s), shorter than the 30 s that hosts commonly wait before they kill. */
const GRACE_MS = 15_000;

const HELP = `npm start            web, with the worker inline unless WORKER=off; runs until it is stopped
npm run worker       worker alone

Up in about a second; the very first start with the embedded database takes a few more. Variables: .env.example; they may
stand in .env. Exit 0: stopped. Exit 1: it could not start. Exit 2: wrong use.

  --worker           worker alone
  -h, --help         says this
`;
const KNOWN_WORDS = ["--worker", "--help", "-h"];

async function main(): Promise<void> {
  const unknown = process.argv.slice(2).find((word) => !KNOWN_WORDS.includes(word));
  if (unknown !== undefined) {
    process.stderr.write(`There is no "${unknown}". ${KNOWN_WORDS.join(", ")} is all that it takes.\n`);
    process.exitCode = 2;
    return;
  }
  if (process.argv.includes("--help") || process.argv.includes("-h")) {
    process.stdout.write(HELP);
    return;
  }
  const read = readEnvironment(process.env);
  if (!read.ok) return refuse(read.problems);
  const { environment } = read;
  const tandem = await createTandem(environment).catch((error: unknown) => {
    if (error instanceof StartProblem || error instanceof FolderInUse || error instanceof MigrationProblem)
      return error;
    throw error;
  });
  if (tandem instanceof Error) return refuse([tandem.message]);
  tandem.metrics.collectDefaults();
  tandem.metrics.watchDatabase(() => readBacklog(tandem.database, tandem.clock()));
  tandem.metrics.watchConnections(tandem.database.connections);

  const workerOnly = process.argv.includes("--worker");
  let stopping = false;
  let web: HttpServer | undefined;

  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    tandem.log.info({ signal }, "stopping");
    void (async () => {
      tandem.stopWaiting();
      await web?.stop(GRACE_MS);
      await tandem.close();
      tandem.log.info("stopped");
      process.exit(0);
    })().catch((error: unknown) => {
      tandem.log.fatal({ err: error }, "could not stop cleanly");
      process.exit(1);
    });
  };
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
  process.on("unhandledRejection", (error) =>
    tandem.log.error({ err: error }, "unhandled promise rejection"),
  );

  if (!workerOnly) web = await startWeb(tandem, environment, () => stopping);
  // Asked to stop while starting: it is stopping already.
  if (stopping) return;
  if (workerOnly || environment.WORKER) tandem.start();
  tandem.log.info(
    {
      port: web?.port,
      worker: workerOnly || environment.WORKER,
      database: tandem.database.kind,
      variables:
        existsSync(".env") && process.execArgv.some((word) => word.startsWith("--env-file"))
          ? "environment and .env"
          : "environment",
    },
    "Tandem is up",
  );
}

async function startWeb(tandem: Tandem, environment: Environment, isStopping: () => boolean) {
  const { build, middleware } =
    environment.NODE_ENV === "development"
      ? await serveFromVite()
      : { build: await import("virtual:remix/server-build") };
  await forgetNotices(tandem.database);
  tandem.funnel.start();
  const isWritable = createReadiness({
    database: tandem.database,
    folder: environment.TANDEM_DATA_DIR,
    lastFull: () => tandem.intake.lastFull,
  });
  return startHttpServer({
    build,
    ...(middleware ? { development: middleware } : {}),
    mode: environment.NODE_ENV,
    host: environment.HOST,
    port: environment.PORT,
    trustedProxies: environment.TRUSTED_PROXIES,
    log: tandem.log,
    onHiddenCallers: () => {
      tandem.log.warn({ trustedProxies: environment.TRUSTED_PROXIES }, OPERATOR_NOTICES.hidden_callers);
      keepNotice(tandem.database, "hidden_callers", tandem.clock()).catch((error: unknown) =>
        tandem.log.warn({ err: error }, "a notice for the operator could not be kept"),
      );
    },
    shortWays: {
      "/webhooks/orders/paid": (request) => receiveOrdersPaid(tandem, request),
      "/pixel/events": tandem.funnel.take,
    },
    loadContext: (clientAddress, callerGone, requestId) => ({
      tandem,
      clientAddress,
      callerGone,
      requestId,
    }),
    readiness: async () => {
      if (isStopping()) return { ready: false, because: "stopping" };
      return (await isWritable()) ? { ready: true } : { ready: false, because: "database" };
    },
    metricsFor: async (authorization) =>
      mayReadMetrics(environment.METRICS_TOKEN, authorization)
        ? tandem.metrics.registry.metrics()
        : undefined,
  });
}

function mayReadMetrics(token: string | undefined, authorization: string | undefined): boolean {
  if (!token || !authorization) return false;
  const given = Buffer.from(authorization);
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function serveFromVite(): Promise<{ build: () => Promise<ServerBuild>; middleware: RequestHandler }> {
  const { createServer } = await import("vite");
  const vite = await createServer({ server: { middlewareMode: true } });
  return {
    build: async () => (await vite.ssrLoadModule("virtual:remix/server-build")) as ServerBuild,
    middleware: vite.middlewares,
  };
}

function refuse(problems: readonly string[]): void {
  process.stderr.write(`Tandem cannot start.\n${problems.map((problem) => `  ${problem}`).join("\n")}\n`);
  process.exitCode = 1;
}

await main();

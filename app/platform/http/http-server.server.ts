import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

import { createRequestHandler } from "@remix-run/express";
import type { AppLoadContext, ServerBuild } from "@remix-run/node";
import compression from "compression";
import express from "express";

import { readAddress } from "./client-address.ts";
import { drainUnread } from "./drain-unread.server.ts";
import type { Log } from "../process/log.server.ts";
import type { Readiness } from "./readiness.server.ts";
import { refuseBrokenHost } from "./refuse-broken-host.server.ts";
import { refuseForeignForms } from "./refuse-foreign-forms.server.ts";
import { refuseLargeHeads } from "./refuse-large-heads.server.ts";
import { withShortWays, type ShortWay } from "./short-ways.server.ts";
import { strictHeaders } from "./strict-headers.server.ts";
import { noticeHiddenCallers } from "./notice-hidden-callers.server.ts";
import { inRequestsLanguage } from "./in-requests-language.server.ts";
import { REQUEST_ID_HEADER, withRequestIds } from "./with-request-ids.server.ts";

export interface HttpServerOptions {
  readonly build: ServerBuild | (() => Promise<ServerBuild>);
  readonly mode: string;
  readonly host: string;
  readonly port: number;
  /** How many proxies stand before us; that many entries of X-Forwarded-For, from the right, are believed. */
  readonly trustedProxies: number;
  readonly log: Log;
  /** @param callerGone see `callerGoneOf` */
  readonly loadContext: (clientAddress: string, callerGone: AbortSignal, requestId: string) => AppLoadContext;
  /** Answers /readyz, with 503 where it is not ready. */
  readonly readiness: () => Promise<Readiness>;
  /** Text for /metrics, or undefined when the caller may not read it. */
  readonly metricsFor: (authorization: string | undefined) => Promise<string | undefined>;
  /** Told once, when callers come through a proxy that `trustedProxies` does not count. */
  readonly onHiddenCallers?: () => void;
  /**
   * What is answered before express and Remix, by its path: what comes most, and needs neither. POST to exactly that
   * address, without a query; whatever is spelt otherwise goes the long way.
   */
  readonly shortWays?: Readonly<Record<string, ShortWay>>;
  /** Development only: serves modules from Vite. */
  readonly development?: express.RequestHandler;
}

export interface HttpServer {
  readonly port: number;
  /** Stops taking connections, lets running requests end (at most `graceMs`), then cuts the rest. */
  stop(graceMs: number): Promise<void>;
}

/** A page loads two dozen scripts of less than a kilobyte: half of them is saved too. Below this the header eats it up. */
const LEAST_COMPRESSED_BYTES = 200;

/**
 * HTTP around Remix: static files, health, limits against slow and greedy clients. Every route that means something is
 * a Remix route.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", options.trustedProxies);
  app.use(strictHeaders, drainUnread, refuseLargeHeads, refuseForeignForms, refuseBrokenHost);
  if (options.onHiddenCallers) app.use(noticeHiddenCallers(options.onHiddenCallers));
  app.get("/healthz", (_request, response) => {
    // That it answers is the answer: what is alive and cannot work is not made well by starting it anew.
    response.status(200).type("text/plain").send("ok\n");
  });
  app.get("/readyz", (_request, response) => {
    void options
      .readiness()
      .catch((): Readiness => ({ ready: false, because: "database" }))
      .then((readiness) =>
        response
          .status(readiness.ready ? 200 : 503)
          .set("cache-control", "no-store")
          .json(readiness),
      );
  });
  app.get("/metrics", (request, response, next) => {
    options
      .metricsFor(request.headers.authorization)
      .then((text) =>
        text === undefined ? response.status(401).end() : response.type("text/plain").send(text),
      )
      .catch(next);
  });
  app.use(compression({ threshold: LEAST_COMPRESSED_BYTES }));
  if (options.development) app.use(options.development);
  app.use(
    "/assets",
    express.static("build/client/assets", { immutable: true, maxAge: "1y", fallthrough: false }),
  );
  app.use(express.static("build/client", { maxAge: "1h", index: false }));
  app.all(
    "*",
    inRequestsLanguage,
    createRequestHandler({
      build: options.build,
      mode: options.mode,
      getLoadContext: (request, response) =>
        options.loadContext(
          readAddress(request.ip),
          callerGoneOf(response),
          String(response.getHeader(REQUEST_ID_HEADER)),
        ),
    }),
  );
  const onError: express.ErrorRequestHandler = (error: unknown, request, response, next) => {
    const status = statusOf(error);
    if (status >= 500)
      options.log.error({ err: error, path: request.path }, "a request failed outside Remix");
    if (response.headersSent) return next(error);
    response
      .status(status)
      .type("text/plain")
      .send(status === 404 ? "Not found\n" : status < 500 ? "Bad request\n" : "Something went wrong\n");
  };
  app.use(onError);

  const server = createServer(
    {
      maxHeaderSize: 16_384,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5_000,
    },
    withRequestIds(withShortWays(app, options), options.trustedProxies),
  );
  server.on("clientError", (_error, socket: Socket) => {
    // Ended and cut: a client that only drips must not keep its half of the connection.
    if (socket.writable)
      socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", () => socket.destroy());
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, options.host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, stop: (graceMs) => stopServer(server, graceMs) };
}

/**
 * Aborted when the connection ends before the answer has been sent. Made here and handed on as it is, because
 * `request.signal` is not reliable behind Remix: each layer wraps the request anew, and Node may collect what joins the
 * signals of the copies, so that the last one never hears of the first (nodejs/node#55428).
 */
function callerGoneOf(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.on("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
  return status >= 400 && status < 600 ? status : 500;
}

function stopServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    // A connection that was busy at first falls idle when its request is answered, and would be kept alive.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(sweep);
      resolve();
    });
  });
}

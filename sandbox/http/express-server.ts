import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from "express";
import type { AddressInfo } from "node:net";

export interface RunningServer {
  readonly port: number;
  /** Connections that wait for an answer are cut. */
  close(): Promise<void>;
}

/** An Express app that adds nothing of its own to an answer. */
export function newApp(): Express {
  return express().disable("x-powered-by").disable("etag");
}

/** Serves an app on localhost; rejects when the port is taken. */
export async function listen(app: Express, port = 0): Promise<RunningServer> {
  const server = app.listen(port, "127.0.0.1");
  server.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).once("listening", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Express 4 does not wait for a handler; this one passes on what an async handler throws. */
export const answering =
  (handle: (request: Request, response: Response) => unknown): RequestHandler =>
  (request, response, next) => {
    Promise.resolve(handle(request, response)).catch(next);
  };

/** The address as it was asked for; `searchParams` keeps repeated names apart and in order. */
export const urlOf = (request: Request): URL => new URL(request.originalUrl, "http://sandbox.invalid");

/** A body that cannot be read is the caller's fault; anything else is a bug of the sandbox and shows as one. */
export const reportFailure: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const { status = 500, stack } = error as { status?: number; stack?: string };
  if (status < 500) response.status(status).json({ error: "invalid_request", errors: "Bad Request" });
  else
    response
      .status(500)
      .type("text")
      .send(`sandbox fault: ${stack ?? String(error)}\n`);
};

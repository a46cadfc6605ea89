import express from "express";
import type { IncomingHttpHeaders } from "node:http";
import { listen, newApp, urlOf } from "../../http/express-server.ts";

/** Just enough of the app's public side to see what a storefront and its web pixel send. */
export interface StubPixelApp {
  readonly url: string;
  readonly requests: {
    readonly path: string;
    readonly query: URLSearchParams;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }[];
  /** What POST /pixel/checkout answers. */
  answer: unknown;
  to(path: string): StubPixelApp["requests"];
  close(): Promise<void>;
}

export async function startStubPixelApp(): Promise<StubPixelApp> {
  const server = newApp();
  const { port, close } = await listen(server);
  const app: StubPixelApp = {
    url: `http://localhost:${port}`,
    requests: [],
    answer: { fire: false, reason: "unknown_order" },
    to: (path) => app.requests.filter((each) => each.path === path),
    close,
  };
  server.use(express.text({ type: () => true }), (request, response) => {
    const { pathname: path, searchParams: query } = urlOf(request);
    const body = typeof request.body === "string" ? request.body : "";
    app.requests.push({ path, query, headers: request.headers, body });
    response.set("access-control-allow-origin", "*");
    if (path === "/pixel/checkout") response.json(app.answer);
    else response.status(204).end();
  });
  return app;
}

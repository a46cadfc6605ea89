import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

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
  const app: { -readonly [K in keyof StubPixelApp]: StubPixelApp[K] } = {
    url: "",
    requests: [],
    answer: { fire: false, reason: "unknown_order" },
    to: (path) => app.requests.filter((each) => each.path === path),
    close: async () => undefined,
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://localhost");
      const body = Buffer.concat(chunks).toString("utf8");
      app.requests.push({ path: url.pathname, query: url.searchParams, headers: request.headers, body });
      const isPixel = url.pathname === "/pixel/checkout";
      response.writeHead(isPixel ? 200 : 204, {
        "access-control-allow-origin": "*",
        "content-type": "application/json",
      });
      response.end(isPixel ? JSON.stringify(app.answer) : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  app.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  app.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return app;
}

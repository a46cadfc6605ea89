import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** One request, read to its end. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  /** Groups of the route's pattern. */
  readonly params: readonly string[];
  readonly ip: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

export type Handler = (call: Call) => Reply | Promise<Reply>;

export interface Route {
  readonly method: "GET" | "POST" | "ANY";
  /** Matched against the decoded path; groups become `params`. */
  readonly path: RegExp;
  readonly handle: Handler;
}

export const json = (
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  status,
  headers: { "content-type": "application/json; charset=utf-8", ...headers },
  body: JSON.stringify(value),
});

export const html = (
  text: string,
  status = 200,
  headers: Readonly<Record<string, string | string[]>> = {},
): Reply => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", ...headers },
  body: text,
});

export const script = (text: string): Reply => ({
  status: 200,
  headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-store" },
  body: text,
});

export const redirect = (
  location: string,
  headers: Readonly<Record<string, string | string[]>> = {},
): Reply => ({
  status: 302,
  headers: { location, ...headers },
});

const NOT_FOUND: Reply = { status: 404, headers: { "content-type": "text/plain" }, body: "Not found\n" };
const MAX_BODY = 8 * 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error("body too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Which routes answer a request, by the host it was meant for. */
export type RouteChoice = (host: string) => readonly Route[];

const hostOf = (request: IncomingMessage): string => {
  const meant = request.headers["x-sandbox-host"];
  return typeof meant === "string" ? meant : (request.headers.host ?? "localhost");
};

async function answer(choose: RouteChoice, request: IncomingMessage): Promise<Reply> {
  const routes = choose(hostOf(request));
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`);
  const path = decodeURIComponent(url.pathname);
  const method = request.method ?? "GET";
  for (const route of routes) {
    const match = route.path.exec(path);
    const asked = method === "HEAD" ? "GET" : method;
    if (!match || (route.method !== "ANY" && route.method !== asked)) continue;
    return route.handle({
      method,
      url,
      headers: request.headers,
      body: await readBody(request),
      params: match.slice(1),
      ip: request.socket.remoteAddress ?? "127.0.0.1",
    });
  }
  return NOT_FOUND;
}

/** Value of a cookie of the request, decoded. */
export function cookieOf(call: Call, name: string): string | undefined {
  const pair = (call.headers.cookie ?? "").split("; ").find((each) => each.startsWith(`${name}=`));
  return pair === undefined ? undefined : decodeURIComponent(pair.slice(name.length + 1));
}

export const setCookie = (name: string, value: string, seconds = 365 * 86_400): string =>
  `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${seconds}; SameSite=Lax`;

export interface RunningServer {
  /** http://localhost:PORT, no trailing slash. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Serves the first route of the request's host that matches. A handler that throws is a fault of the sandbox: 500 with its message. */
export async function serve(choose: RouteChoice, port = 0, host = "127.0.0.1"): Promise<RunningServer> {
  const server: Server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void answer(choose, request)
      .catch((error: unknown): Reply => ({
        status: 500,
        headers: { "content-type": "text/plain" },
        body: `sandbox fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      }))
      .then((reply) => {
        response.writeHead(reply.status, { ...reply.headers });
        response.end(request.method === "HEAD" ? undefined : reply.body);
      });
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const actual = (server.address() as AddressInfo).port;
  return {
    url: `http://localhost:${actual}`,
    port: actual,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

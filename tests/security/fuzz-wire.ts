import { request as httpRequest, type Agent } from "node:http";
import { connect } from "node:net";

import type { FuzzRequest } from "./fuzz-requests.ts";

/** Longer than a long poll (10 s) with some air. */
const HANG_MS = 20_000;

/** @returns the status; "cut" when the connection was closed on us (a body too large, a broken header); "hang" */
export function send(
  base: string,
  { method, path, headers, body }: FuzzRequest,
  agent: Agent,
): Promise<string> {
  return new Promise((resolve) => {
    const url = new URL(base);
    const request = httpRequest(
      {
        host: url.hostname,
        port: url.port,
        method,
        path,
        headers: { ...headers, "content-length": String(body.length) },
        agent,
        timeout: HANG_MS,
      },
      (response) => {
        response.on("error", () => resolve("cut")).resume();
        response.on("end", () => resolve(String(response.statusCode)));
      },
    );
    request.on("timeout", () => {
      resolve("hang");
      request.destroy();
    });
    request.on("error", () => resolve("cut"));
    request.end(body);
  });
}

/** What an HTTP client would not send. */
const RAW: readonly string[] = [
  "GET / HTTP/1.1\r\n\r\n",
  "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
  "\u0000\u0001\u0002\r\n\r\n",
  "POST /pixel/checkout HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "POST /pixel/checkout HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  "POST /pixel/checkout HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{}",
  `GET / HTTP/1.1\r\nHost: x\r\n${Array.from({ length: 300 }, (_, n) => `X-${n}: ${"y".repeat(100)}\r\n`).join("")}\r\n`,
  `GET /${"a".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  "GET http://evil.example/app HTTP/1.1\r\nHost: evil.example\r\n\r\n",
];

/** One of the rubbish connections, by turns. */
export async function sendRaw(base: string, turn: number): Promise<void> {
  const { hostname, port } = new URL(base);
  const socket = connect(Number(port), hostname);
  await new Promise<void>((resolve) => {
    socket.setTimeout(300, () => socket.destroy());
    socket.on("error", () => undefined).on("close", () => resolve());
    socket.resume();
    socket.end(RAW[turn % RAW.length] ?? "");
  });
}

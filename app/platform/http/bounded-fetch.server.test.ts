import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, describe, expect, it } from "vitest";

import { boundFetch } from "./bounded-fetch.server.ts";

const servers: Server[] = [];

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const bounded = boundFetch(fetch, { largestAnswer: 1_000, longestCallMs: 500 });
const withToken = { method: "POST", body: "{}", headers: { "x-shopify-access-token": "secret" } };

describe("a bounded fetch", () => {
  it.each([301, 302, 303, 307, 308])("carries no token along a redirect (%i)", async (status) => {
    const seen: unknown[] = [];
    const elsewhere = await serve((request, response) => {
      seen.push(request.headers["x-shopify-access-token"]);
      response.end("{}");
    });
    const shopify = await serve((_request, response) => {
      response.writeHead(status, { location: elsewhere }).end();
    });
    await expect(bounded(shopify, withToken)).rejects.toThrow(`redirect (${status})`);
    expect(seen).toEqual([]);
  });

  it("gives an answer within its bounds as it is", async () => {
    const shopify = await serve((request, response) => {
      response.writeHead(418, { "x-request-id": "7" }).end(`${request.method} ${"a".repeat(900)}`);
    });
    const response = await bounded(shopify, withToken);
    expect(response.status).toBe(418);
    expect(response.headers.get("x-request-id")).toBe("7");
    expect(await response.text()).toBe(`POST ${"a".repeat(900)}`);
  });

  it("reads no more of an answer than allowed, whether its size is announced or not", async () => {
    const announced = await serve((_request, response) => response.end("a".repeat(1_001)));
    await expect(bounded(announced)).rejects.toThrow("larger than 1000 bytes");
    const streamed = await serve((_request, response) => {
      response.write("a".repeat(600));
      response.end("a".repeat(600));
    });
    const response = await bounded(streamed);
    await expect(response.text()).rejects.toThrow("larger than 1000 bytes");
  });

  it("ends a call that takes too long, before and within the answer", async () => {
    const silent = await serve(() => undefined);
    await expect(bounded(silent)).rejects.toThrow(/timeout/i);
    const stalled = await serve((_request, response) => void response.write("a"));
    const response = await bounded(stalled);
    await expect(response.text()).rejects.toThrow(/timeout/i);
  });

  it("ends when its caller ends it", async () => {
    const silent = await serve(() => undefined);
    await expect(bounded(silent, { signal: AbortSignal.abort(new Error("gone")) })).rejects.toThrow("gone");
  });
});

import { setTimeout as sleep } from "node:timers/promises";

import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";

import { createGroupWriter } from "../database/group-writer.ts";
import { createLog } from "../process/log.server.ts";
import { createLogLimiter } from "../process/log-limiter.server.ts";
import { startHttpServer, type HttpServer, type HttpServerOptions } from "./http-server.server.ts";

const LINE = z.object({ msg: z.string(), requestId: z.string().optional(), n: z.number().optional() });

describe("the ID of a request", () => {
  let server: HttpServer | undefined;
  const lines: z.infer<typeof LINE>[] = [];
  const log = createLog("debug", (line) => void lines.push(LINE.parse(JSON.parse(line))));
  afterEach(async () => {
    await server?.stop(0);
    lines.length = 0;
  });

  const start = async (given: Partial<HttpServerOptions>): Promise<string> => {
    server = await startHttpServer({
      build: () => Promise.reject(new Error("no page is asked for")),
      mode: "production",
      host: "127.0.0.1",
      port: 0,
      trustedProxies: 1,
      log,
      loadContext: () => {
        throw new Error("no page is asked for");
      },
      readiness: () => Promise.resolve({ ready: true }),
      metricsFor: () => Promise.resolve(undefined),
      ...given,
    });
    return `http://127.0.0.1:${server.port}`;
  };
  const idOf = (response: Response): string => response.headers.get("x-request-id") ?? "";
  const named = (msg: string) => lines.filter((line) => line.msg === msg);

  it("stays with its own request where many are served at once, on a short way", async () => {
    // None ends before all are under way together, and the later ones end first.
    const allBegan = Promise.withResolvers<void>();
    const origin = await start({
      shortWays: {
        "/short": async (request) => {
          const n = Number(request.headers.get("x-n"));
          log.info({ n }, "begins");
          if (named("begins").length === 20) allBegan.resolve();
          await allBegan.promise;
          await sleep(60 - n * 2);
          log.info({ n }, "ends");
          return new Response(null, { status: 200 });
        },
      },
    });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        fetch(`${origin}/short`, { method: "POST", headers: { "x-n": String(n) } }),
      ),
    );
    const ids = answers.map(idOf);
    expect(new Set(ids).size).toBe(20);
    expect(lines.findIndex(({ msg }) => msg === "ends")).toBe(20);
    for (const msg of ["begins", "ends"])
      for (const line of named(msg)) expect(line.requestId).toBe(ids[line.n ?? -1]);
  });

  it("is in the answer of every way, errors included, and in the error's line", async () => {
    const origin = await start({
      shortWays: { "/short": () => Promise.reject(new Error("a bug")) },
    });
    for (const path of ["/healthz", "/readyz", "/metrics", "/favicon.ico", "/assets/none.js"])
      expect(idOf(await fetch(origin + path, { headers: { "x-request-id": "id-of-proxy" } })), path).toBe(
        "id-of-proxy",
      );
    for (const [path, method, requestId] of [
      ["/short", "POST", "id-of-short-1"],
      ["/app", "GET", "id-of-app-1"],
    ] as const) {
      lines.length = 0;
      const answer = await fetch(origin + path, { method, headers: { "x-request-id": requestId } });
      expect([answer.status, idOf(answer)]).toEqual([500, requestId]);
      expect(named("a request failed outside Remix")).toMatchObject([{ requestId }]);
    }
    const tooLong = await fetch(`${origin}/${"a".repeat(400)}`);
    expect([tooLong.status, idOf(tooLong).length]).toEqual([414, 36]);
  });

  it("is ours where no proxy is counted, whatever the caller says", async () => {
    const origin = await start({ trustedProxies: 0 });
    const answer = await fetch(`${origin}/healthz`, { headers: { "x-request-id": "id-of-a-stranger" } });
    expect(idOf(answer)).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  });

  it("is on no line about many requests, and on none after the answer", async () => {
    const writer = createGroupWriter<number, number>({
      writeGroup: (items) => {
        log.info("group written");
        return Promise.resolve(items);
      },
      isRefusal: () => false,
      largestGroup: 10,
      mostWaiting: 10,
      longestWaitMs: 1_000,
    });
    const limiter = createLogLimiter(log, { lines: 1, periodMs: 20 });
    let later: Promise<void> | undefined;
    const origin = await start({
      shortWays: {
        "/short": async () => {
          await writer.write(1);
          limiter.warn("key", {}, "refused");
          limiter.warn("key", {}, "refused");
          await sleep(60);
          later = sleep(30).then(() => log.info("left behind"));
          log.info("served");
          return new Response(null, { status: 200 });
        },
      },
    });
    const requestId = idOf(await fetch(`${origin}/short`, { method: "POST" }));
    await later;
    expect(named("group written")).toEqual([{ msg: "group written" }]);
    expect(named("refused").map((line) => line.requestId)).toEqual([requestId, undefined]);
    expect(named("served")).toMatchObject([{ requestId }]);
    expect(named("left behind")).toEqual([{ msg: "left behind" }]);
  });
});

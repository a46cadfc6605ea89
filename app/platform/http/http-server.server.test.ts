import { afterEach, describe, expect, it } from "vitest";

import { createLog } from "../process/log.server.ts";
import { startHttpServer, type HttpServer, type HttpServerOptions } from "./http-server.server.ts";

describe("the HTTP server's own addresses", () => {
  let server: HttpServer | undefined;
  afterEach(() => server?.stop(0));

  const start = async (given: Partial<HttpServerOptions>): Promise<string> => {
    server = await startHttpServer({
      build: () => Promise.reject(new Error("no page is asked for")),
      mode: "production",
      host: "127.0.0.1",
      port: 0,
      trustedProxies: 0,
      log: createLog("silent"),
      loadContext: () => {
        throw new Error("no page is asked for");
      },
      readiness: () => Promise.resolve({ ready: true }),
      metricsFor: () => Promise.resolve("up 1\n"),
      ...given,
    });
    return `http://127.0.0.1:${server.port}`;
  };

  it("answer 503 and 500, and do not hang, when what they ask fails", async () => {
    const url = await start({
      readiness: () => Promise.reject(new Error("the database is away")),
      metricsFor: () => Promise.reject(new Error("a gauge could not be read")),
    });
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, because: "database" }]);
    const alive = await fetch(`${url}/healthz`);
    expect([alive.status, await alive.text()]).toEqual([200, "ok\n"]);
    const metrics = await fetch(`${url}/metrics`);
    expect([metrics.status, await metrics.text()]).toEqual([500, "Something went wrong\n"]);
  });

  it.each([
    [0, "198.51.100.7", true],
    [0, "2001:db8::1, 10.0.0.2", true],
    // One counted, two in front: what is believed is the inner one's address.
    [1, "198.51.100.7, 10.0.0.2", true],
    [1, "198.51.100.7", false],
    [2, "198.51.100.7, 10.0.0.2", false],
    [0, "10.0.0.5", false],
    [0, "not an address", false],
    [0, undefined, false],
  ])(
    "notice once that a proxy is not counted: TRUSTED_PROXIES %i, X-Forwarded-For %j: %s",
    async (trustedProxies, forwarded, isNoticed) => {
      let notices = 0;
      const url = await start({ trustedProxies, onHiddenCallers: () => (notices += 1) });
      for (let turn = 0; turn < 3; turn += 1)
        await fetch(`${url}/healthz`, forwarded ? { headers: { "x-forwarded-for": forwarded } } : {});
      expect(notices).toBe(isNoticed ? 1 : 0);
    },
  );

  it("answer 200 when all is well, and 401 to a caller without the token", async () => {
    const url = await start({});
    for (const path of ["/healthz", "/readyz"]) expect((await fetch(url + path)).status).toBe(200);
    expect(await (await fetch(`${url}/metrics`)).text()).toBe("up 1\n");
    await server?.stop(0);
    const closed = await start({ metricsFor: () => Promise.resolve(undefined) });
    expect((await fetch(`${closed}/metrics`)).status).toBe(401);
  });
});

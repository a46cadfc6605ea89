import { once } from "node:events";
import { connect, type Socket } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { startWorld, type World } from "#sandbox/start-world.ts";
import { openBrowser } from "#tests/setup/sandbox/open-browser.ts";
import { eventually } from "#tests/setup/eventually.ts";
import { report } from "#tests/setup/open-pairing.ts";

const SHOP = "tandem-demo.myshopify.com";
const METRICS_TOKEN = "closed-pages-metrics";
const PLACES = 40;

/** What a buyer's page waits for at the real process, and what becomes of its place when the page is closed. */
describe("a page that is closed while it waits", () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ environment: { METRICS_TOKEN, TRUSTED_PROXIES: "1" } });
    await world.signIn(SHOP);
    world.shopify.admin.faults.failNext = 10_000;
  });
  afterAll(() => world.close());

  const waiting = async (): Promise<number> => {
    const answer = await fetch(`${world.app.url}/metrics`, {
      headers: { authorization: `Bearer ${METRICS_TOKEN}` },
    });
    return Number(/^tandem_waiting_polls (\d+)$/m.exec(await answer.text())?.[1]);
  };
  /** The wait itself ends after ten seconds, so a place that is free before nine was freed by the closing. */
  const freedAfter = async (leave: () => unknown): Promise<number> => {
    const left = performance.now();
    await leave();
    await eventually(async () => expect(await waiting()).toBe(0));
    return performance.now() - left;
  };
  const question = (orderId: number): string => {
    const body = JSON.stringify(report(String(orderId), { shop: SHOP }));
    return (
      `POST /pixel/checkout HTTP/1.1\r\nHost: ${new URL(world.app.url).host}\r\nOrigin: null\r\nX-Forwarded-For: 203.0.113.${orderId % 250}\r\n` +
      `Content-Type: text/plain;charset=UTF-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
    );
  };
  const ask = async (orderId: number): Promise<Socket> => {
    const socket = connect(Number(new URL(world.app.url).port), new URL(world.app.url).hostname);
    socket.on("error", () => undefined);
    await once(socket, "connect");
    socket.write(question(orderId));
    return socket;
  };

  it.each([
    ["reset", (socket: Socket) => socket.resetAndDestroy()],
    ["ended", (socket: Socket) => socket.end()],
    ["cut", (socket: Socket) => socket.destroy()],
  ])("frees the places of all connections that are %s, within a second or so", async (_how, leave) => {
    const sockets = await Promise.all(
      Array.from({ length: PLACES }, (_, position) => ask(5_000_000 + position)),
    );
    await eventually(async () => expect(await waiting()).toBe(PLACES));
    expect(await freedAfter(() => sockets.forEach(leave))).toBeLessThan(5_000);
  });

  it("frees the place of a browser's page that is closed", async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(world.app.url);
      const body = JSON.stringify(report("5900000000001", { shop: SHOP }));
      await page.evaluate(
        ([address, text]) =>
          void fetch(String(address), { method: "POST", body: text ?? "" }).catch(() => undefined),
        [`${world.app.url}/pixel/checkout`, body],
      );
      await eventually(async () => expect(await waiting()).toBe(1));
      expect(await freedAfter(() => page.close())).toBeLessThan(5_000);
    } finally {
      await browser.close();
    }
  });
});

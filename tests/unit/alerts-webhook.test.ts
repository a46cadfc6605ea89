import { createHmac, timingSafeEqual } from "node:crypto";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { isPublicAddress } from "#app/alerts/channels/public-address.ts";
import { createWebhookSender, type Resolve } from "#app/alerts/send/send-webhook.server.ts";
import { makeSigningSecret, signWebhook } from "#app/alerts/send/sign-webhook.ts";
import {
  RECEIVER_HOST,
  startHttpsReceiver,
  startTrap,
  type HttpsReceiver,
} from "#tests/setup/alert-receivers.ts";

type Trap = Awaited<ReturnType<typeof startTrap>>;

const found = (...addresses: readonly string[]): Resolve => {
  const family = (address: string) => (address.includes(":") ? 6 : 4);
  return async () => addresses.map((address) => ({ address, family: family(address) }));
};

describe("a webhook", () => {
  let web: HttpsReceiver;
  let trap: Trap;
  beforeAll(async () => {
    web = await startHttpsReceiver();
    trap = await startTrap();
  });
  afterEach(() => web.clear());
  afterAll(async () => {
    await web.close();
    await trap.close();
  });

  const loopback = (address: string) => address === "127.0.0.1";
  const call = (address = `https://${RECEIVER_HOST}:${web.port}/hook`) => ({
    address,
    body: "{}",
    headers: { "tandem-timestamp": "1" },
  });
  /** As in production, but for the port, the certificate and this machine's address. */
  const sender = (more: { isAllowed?: (address: string) => boolean; resolve?: Resolve; ca?: string } = {}) =>
    createWebhookSender({
      rules: { ports: [web.port, trap.port], isAllowed: more.isAllowed ?? loopback },
      resolve: more.resolve ?? found("127.0.0.1"),
      ca: more.ca ?? web.cert,
      timeoutMs: 1_000,
    });

  it("arrives by HTTPS with its headers, and says what was answered", async () => {
    expect(await sender()(call())).toEqual({ kind: "sent", answer: "200 ok" });
    expect(web.calls).toMatchObject([
      {
        method: "POST",
        path: "/hook",
        body: "{}",
        headers: { "tandem-timestamp": "1", "content-type": "application/json" },
      },
    ]);
  });

  it.each([
    ["this machine", ["127.0.0.1"]],
    ["this machine by IPv6", ["::1"]],
    ["a private network", ["10.0.0.1"]],
    ["a cloud's metadata", ["169.254.169.254"]],
    ["a carrier's network", ["100.64.0.1"]],
    ["no machine", ["0.0.0.0"]],
    ["a private network by IPv6", ["fc00::1"]],
    ["IPv4 inside of IPv6", ["::ffff:10.0.0.1"]],
    ["a public address and a private one", ["8.8.8.8", "127.0.0.1"]],
    ["nothing", []],
  ])("is not sent where its name leads to %s", async (_name, addresses) => {
    const send = sender({ isAllowed: isPublicAddress, resolve: found(...addresses) });
    for (const port of [web.port, trap.port])
      expect(await send(call(`https://${RECEIVER_HOST}:${port}/`))).toEqual({
        kind: "failed",
        problem: "notPublic",
        answer: "",
        again: false,
      });
    expect([web.calls.length, trap.hits()]).toEqual([0, 0]);
  });

  it.each(["127.0.0.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]", "localhost"])(
    "is not sent to %s, whatever the resolver says",
    async (host) => {
      const send = sender({ isAllowed: isPublicAddress, resolve: found("8.8.8.8") });
      expect(await send(call(`https://${host}:${trap.port}/`))).toMatchObject({
        problem: "notPublic",
        again: false,
      });
      expect(trap.hits()).toBe(0);
    },
  );

  it("is connected to the address that was judged, and asked for once: a name that changes gains nothing", async () => {
    let asked = 0;
    const resolve: Resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? "127.0.0.1" : "10.0.0.1", family: 4 }];
    };
    expect(await sender({ resolve })(call())).toMatchObject({ kind: "sent" });
    expect(asked).toBe(1);
    // Judged again for the next one: no connection is kept.
    expect(await sender({ resolve })(call())).toMatchObject({ problem: "notPublic" });
  });

  it("follows no redirect", async () => {
    web.answer((response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${trap.port}/` }).end();
    });
    expect(await sender()(call())).toEqual({
      kind: "failed",
      problem: "redirect",
      answer: "307",
      again: true,
    });
    expect([web.calls.length, trap.hits()]).toEqual([1, 0]);
  });

  it("reads a short answer only, on one line and without addresses or control characters", async () => {
    web.answer((response) => {
      response.writeHead(500);
      const more = () =>
        void (response.destroyed || response.write("x".repeat(16_384), () => setImmediate(more)));
      response.write("no\r\n\u0007such anna@example.com ");
      more();
    });
    const outcome = await sender()(call());
    expect(outcome).toMatchObject({ kind: "failed", problem: "status", again: true });
    expect(outcome.answer).toMatch(/^500 no such \[email\] x+…$/);
    expect(outcome.answer.length).toBeLessThan(220);
  });

  it("waits no longer than it may: for an answer, and for the end of one", async () => {
    web.answer(() => undefined);
    expect(await sender()(call())).toMatchObject({ kind: "failed", problem: "timeout", again: true });
    web.answer((response) => void response.writeHead(200).write("o"));
    expect(await sender()(call())).toMatchObject({ kind: "sent" });
  });

  it("is sent to nobody whose certificate is not good", async () => {
    expect(
      await createWebhookSender({
        rules: { ports: [web.port], isAllowed: loopback },
        resolve: found("127.0.0.1"),
      })(call()),
    ).toMatchObject({ kind: "failed", problem: "tls", again: true });
    expect(await sender()(call(`https://other.example:${web.port}/`))).toMatchObject({ problem: "tls" });
    expect(web.calls).toEqual([]);
  });

  it("says what a resolver and a network say", async () => {
    const fail =
      (code: string): Resolve =>
      () =>
        Promise.reject(Object.assign(new Error(code), { code }));
    expect(await sender({ resolve: fail("ENOTFOUND") })(call())).toMatchObject({
      problem: "notFound",
      again: true,
    });
    expect(await sender({ resolve: fail("EAI_AGAIN") })(call())).toMatchObject({
      problem: "unreachable",
      again: true,
    });
  });

  it("is in production sent to the port of HTTPS alone", async () => {
    expect(await createWebhookSender()(call())).toMatchObject({ problem: "badAddress", again: false });
    expect(await createWebhookSender()(call("https://127.0.0.1/"))).toMatchObject({ problem: "notPublic" });
  });
});

describe("a signature", () => {
  const at = Date.UTC(2026, 10, 27, 4, 30, 15, 999);

  it("is HMAC-SHA256 over time and body, under the whole secret", () => {
    const secret = "tdmwh_secret";
    const headers = signWebhook(secret, '{"text":"ü"}', at);
    // By openssl dgst -sha256 -hmac tdmwh_secret over 1795753815.{"text":"ü"}
    const mac = createHmac("sha256", secret).update('1795753815.{"text":"ü"}').digest();
    expect(headers["tandem-timestamp"]).toBe("1795753815");
    const given = Buffer.from((headers["tandem-signature"] ?? "").replace("v1=", ""), "hex");
    expect(timingSafeEqual(given, mac)).toBe(true);
  });

  it("is another for another time, body or secret, and every secret is another", () => {
    const all = [
      signWebhook("a", "x", at),
      signWebhook("b", "x", at),
      signWebhook("a", "y", at),
      signWebhook("a", "x", at + 1_000),
    ].map((headers) => headers["tandem-signature"]);
    expect(new Set(all).size).toBe(4);
    expect(makeSigningSecret()).toMatch(/^tdmwh_[\w-]{43}$/);
    expect(makeSigningSecret()).not.toBe(makeSigningSecret());
  });
});

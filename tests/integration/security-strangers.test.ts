import { request as httpRequest } from "node:http";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { MINE, openAttackStage, type AttackStage } from "#tests/security/attack-stage.ts";

/** Requests of people whom nobody knows, each made to cost more than it should. */
describe("the app and strangers", () => {
  let stage: AttackStage;
  beforeAll(async () => {
    stage = await openAttackStage();
  }, 400_000);
  afterAll(() => stage.close());

  /** Sends the path as it is written; fetch would tidy it. */
  const get = (path: string, headers: Record<string, string | string[]> = {}) =>
    new Promise<{ status: number; text: string; type: string }>((resolve, reject) => {
      const { hostname, port } = new URL(stage.world.app.url);
      httpRequest({ host: hostname, port, path, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, text, type: response.headers["content-type"] ?? "" }),
        );
      })
        .on("error", reject)
        .end();
    });

  it.each([
    ["deep", "/a".repeat(7_500), 414],
    ["deep and within the length", "/a".repeat(11), 404],
    ["deep with nothing between", "/".repeat(200), 404],
    ["deep by encoding", "/%61".repeat(70), 404],
    ["long", `/${"a".repeat(301)}`, 414],
    ["a long query", `/app?${"q".repeat(8_193)}`, 414],
    ["many parameters", `/app?${"a&".repeat(300)}`, 414],
  ])(
    "answers an address that is %s before any page sees it",
    async (_what, path, status) => {
      const answer = await get(path);
      expect(answer).toMatchObject({ status, type: expect.stringMatching(/^text\/plain/) as string });
      expect(answer.text.length).toBeLessThan(50);
    },
    60_000,
  );

  it("serves no list of the routes that match an address", async () => {
    const answer = await get(`/__manifest?p=${encodeURIComponent("/app/settings")}&version=1`);
    expect(answer.status).toBe(404);
  });

  it("refuses a hundred and more headers, and cookies beyond 8 kB", async () => {
    const many = Object.fromEntries(Array.from({ length: 120 }, (_, n) => [`x-${n}`, "y"]));
    expect((await get("/", many)).status).toBe(431);
    expect((await get("/", { cookie: "a=b; ".repeat(1_700) })).status).toBe(431);
    expect((await get("/auth/login", { cookie: "a=b; ".repeat(20) })).status).toBeLessThan(500);
  });

  it("takes an order of 2,000 lines, and says of which store an order is that is too large", async () => {
    const line = { id: 1, product_id: 1, variant_id: 2, quantity: 1, price: "1.00", name: "n".repeat(1_500) };
    const lines = (count: number) => ({ line_items: Array.from({ length: count }, () => line) });
    const at = Date.now() - 60_000;
    expect(await stage.pay(MINE, "6200000000001", at, lines(2_000))).toBe(200);
    expect(await stage.test.database.prisma.conversion.count({ where: { orderId: "6200000000001" } })).toBe(
      1,
    );
    expect(await stage.pay(MINE, "6200000000002", at, lines(7_000))).toBe(413);
    await expect
      .poll(() => stage.world.app.lines.find((each) => each.includes('"reason":"too_large"')))
      .toContain(MINE);
  });

  it("takes a real order while bodies beyond the budget are held open, and lets go of these", async () => {
    const { hostname, port } = new URL(stage.world.app.url);
    const forged = Array.from(
      { length: 14 },
      () =>
        new Promise<number>((resolve) => {
          const request = httpRequest({
            host: hostname,
            port,
            method: "POST",
            path: "/webhooks/orders/paid",
            headers: {
              "content-type": "application/json",
              "content-length": 9_000_000,
              "x-shopify-hmac-sha256": Buffer.alloc(32).toString("base64"),
            },
          });
          request.on("response", (response) => resolve(response.resume().statusCode ?? 0));
          request.on("error", () => resolve(0));
          request.write(Buffer.alloc(8_000_000, 0x20));
        }),
    );
    const first = await Promise.race(forged);
    expect([408, 503]).toContain(first);
    expect(await stage.pay(MINE, "6200000000003", Date.now() - 60_000)).toBe(200);
    const statuses = await Promise.all(forged);
    // Cut when too slow, or refused for want of room: none is held until the request's own time is up.
    expect(statuses.every((status) => [408, 503].includes(status))).toBe(true);
    expect(statuses).toContain(503);
  });

  it("answers an address to leave the frame for with 400, however long", async () => {
    for (const target of [
      "a".repeat(6_000),
      "a@".repeat(3_000),
      `https://evil.example/${"a.".repeat(100)}`,
    ]) {
      const answer = await get(`/auth/exit-iframe?exitIframe=${target}`, {
        "user-agent": "Mozilla/5.0 Chrome/147.0.0.0",
      });
      expect(answer.status, target.slice(0, 40)).toBe(400);
    }
    expect(stage.world.app.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});

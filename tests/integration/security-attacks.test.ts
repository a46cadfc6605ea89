import { createHmac, randomUUID } from "node:crypto";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { API_KEY, API_SECRET } from "#sandbox/start-world.ts";
import { withOwnShopId } from "#sandbox/shopify/orders/order-json.ts";
import { uninstalledBody } from "#sandbox/shopify/webhooks/webhook-bodies.ts";
import { signWebhook } from "#sandbox/shopify/auth/sign-request.ts";
import { MINE, openAttackStage, THEIRS, type AttackStage } from "#tests/security/attack-stage.ts";
import { addressOf, readEndpoints } from "#tests/security/endpoints.ts";
import { orderBody } from "#tests/security/webhook-desk.ts";

const ORDER = "6300000000001";

/** Attacks on the real process, from outside. What somebody signed in may try: security-isolation.test.ts. */
describe("the app under attack", () => {
  let stage: AttackStage;
  beforeAll(async () => {
    stage = await openAttackStage();
    await stage.pay(THEIRS, ORDER, Date.now() - 20 * 60_000);
  });
  afterAll(() => stage.close());

  it("lets nobody in without a key, at any endpoint, and puts strict headers on every answer", async () => {
    for (const [file, kind] of readEndpoints()) {
      if (file === "auth.$.ts") continue; // Shopify's own steps, which begin where there is no session yet
      for (const method of ["GET", "POST"]) {
        const response = await stage.ask(addressOf(file), undefined, { method });
        const text = await response.text();
        const where = `${method} ${file}`;
        expect(response.status, where).toBeLessThan(500);
        if (kind !== "public") expect(response.status, where).toBeGreaterThanOrEqual(300);
        if (kind === "webhook" || kind === "proxy") expect([400, 401, 405], where).toContain(response.status);
        expect(text, where).not.toContain(ORDER);
        expect(response.headers.get("x-content-type-options"), where).toBe("nosniff");
        expect(response.headers.get("content-security-policy"), where).toContain("frame-ancestors");
        expect(response.headers.get("strict-transport-security"), where).toContain("max-age");
      }
    }
  });

  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const forge = (
    claims: object,
    { header = { alg: "HS256", typ: "JWT" }, secret = API_SECRET, hash = "sha256" } = {},
  ) => {
    const seconds = Math.floor(Date.now() / 1000);
    const message = `${encode(header)}.${encode({
      iss: `https://${MINE}/admin`,
      dest: `https://${MINE}`,
      aud: API_KEY,
      sub: "1",
      exp: seconds + 60,
      nbf: seconds - 1,
      iat: seconds - 1,
      jti: randomUUID(),
      sid: randomUUID(),
      ...claims,
    })}`;
    return `${message}.${secret === "" ? "" : createHmac(hash, secret).update(message).digest("base64url")}`;
  };

  it.each([
    ["expired", () => forge({ exp: Math.floor(Date.now() / 1000) - 120, nbf: 1, iat: 1 })],
    ["not valid yet", () => forge({ nbf: Math.floor(Date.now() / 1000) + 3_600 })],
    ["for another app", () => forge({ aud: "another-app" })],
    ["signed with another secret", () => forge({}, { secret: "not the secret" })],
    ["not signed (alg none)", () => forge({}, { header: { alg: "none", typ: "JWT" }, secret: "" })],
    ["not signed, but said to be", () => forge({}, { secret: "" })],
    [
      "signed by another algorithm",
      () => forge({}, { header: { alg: "HS512", typ: "JWT" }, hash: "sha512" }),
    ],
    ["rubbish", () => "a.b.c"],
  ])("refuses a session token that is %s", async (_name, make) => {
    for (const path of ["/app", "/app/datasets?_data=routes%2Fapp.datasets._index"]) {
      const response = await stage.ask(path, make());
      expect(response.status).toBeGreaterThanOrEqual(300);
      expect(response.status).toBeLessThan(500);
      expect(await response.text()).not.toContain("Connect dataset");
    }
  });

  it("lets nobody in for a shop that is none, not even with the right signature", async () => {
    // Only who holds the app's secret can make it; Shopify's library throws at it, so this is no clean refusal.
    const token = forge({ dest: "https://evil.example", iss: "https://evil.example/admin" });
    expect((await stage.ask("/app", token)).ok).toBe(false);
  });

  it("accepts the same token when nothing is wrong with it", async () => {
    expect((await stage.ask("/app/datasets?_data=routes%2Fapp.datasets._index", forge({}))).status).toBe(200);
  });

  it("refuses forged and misdirected webhooks, and takes a replayed one for what it is", async () => {
    const order = withOwnShopId(
      orderBody("6300000000002", Date.now() - 20 * 60_000),
      stage.world.shopify.store(MINE).id,
    );
    expect(
      await stage.webhook("orders/paid", MINE, order, {
        "x-shopify-hmac-sha256": signWebhook(order, "guess"),
      }),
    ).toBe(401);
    expect(
      await stage.webhook("orders/paid", MINE, `${order} `, {
        "x-shopify-hmac-sha256": signWebhook(order, API_SECRET),
      }),
    ).toBe(401);
    expect(await stage.webhook("orders/paid", MINE, order)).toBe(200);
    expect(await stage.webhook("orders/paid", MINE, order)).toBe(200);
    expect(await stage.test.database.prisma.conversion.count({ where: { orderId: "6300000000002" } })).toBe(
      1,
    );
    const redact = JSON.stringify({
      shop_domain: THEIRS,
      customer: { email: "buyer@example.com" },
      orders_to_redact: [],
    });
    expect(await stage.webhook("customers/redact", MINE, redact)).toBe(401);
    expect(await stage.webhook("shop/redact", THEIRS, redact)).toBe(422);
    expect(await stage.webhook("orders/paid", THEIRS, order)).toBe(401);
  });

  it("forgets a store that left at once, and keeps it when its own uninstall is replayed after it came back", async () => {
    const { prisma } = stage.test.database;
    const shop = "radhaus-berlin.myshopify.com";
    const { shopify } = stage.world;
    const state = async () => {
      const store = await prisma.store.findUniqueOrThrow({ where: { shop }, include: { datasets: true } });
      const tokens = store.datasets.filter(({ sealedToken }) => sealedToken !== null).length;
      return [store.state, tokens, await prisma.session.count({ where: { shop } })];
    };
    await stage.world.signIn(shop);
    await stage.world.connectDataset(shop, "3234567890123456");
    const genuine = uninstalledBody(shopify.store(shop));
    expect(await stage.webhook("app/uninstalled", shop, genuine)).toBe(200);
    expect(await state()).toEqual(["installed", 1, 1]);
    expect(await shopify.uninstall(shop)).toMatchObject({ kind: "delivered", status: 200 });
    expect(await state()).toEqual(["uninstalled", 0, 0]);
    await stage.world.signIn(shop);
    await stage.world.connectDataset(shop, "4234567890123456");
    for (const triggeredAt of ["2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"])
      expect(
        await stage.webhook("app/uninstalled", shop, genuine, { "x-shopify-triggered-at": triggeredAt }),
      ).toBe(200);
    expect(await state()).toEqual(["installed", 1, 1]);
  });

  it("believes an uninstall also where the stored token had expired before it", async () => {
    const { prisma } = stage.test.database;
    const shop = "radhaus-berlin.myshopify.com";
    const { shopify } = stage.world;
    await stage.world.signIn(shop);
    shopify.tokens.expireShop(shop);
    await prisma.session.updateMany({ where: { shop }, data: { expires: new Date(Date.now() - 1_000) } });
    expect(await stage.webhook("app/uninstalled", shop, uninstalledBody(shopify.store(shop)))).toBe(200);
    expect(await prisma.session.count({ where: { shop } })).toBe(1);
    shopify.tokens.expireShop(shop);
    await prisma.session.updateMany({ where: { shop }, data: { expires: new Date(Date.now() - 1_000) } });
    await shopify.uninstall(shop);
    expect(await prisma.store.findUnique({ where: { shop } })).toMatchObject({ state: "uninstalled" });
    expect(await prisma.session.count({ where: { shop } })).toBe(0);
  });

  it("destroys nothing on an uninstall while Shopify does not answer, and answers Shopify in time", async () => {
    const { prisma } = stage.test.database;
    const shop = "radhaus-berlin.myshopify.com";
    const { shopify } = stage.world;
    await stage.world.signIn(shop);
    for (const faults of [
      { delayMs: 10_000, failNext: 0 },
      { delayMs: 0, failNext: 20 },
    ]) {
      Object.assign(shopify.admin.faults, faults);
      const began = performance.now();
      expect(await stage.webhook("app/uninstalled", shop, uninstalledBody(shopify.store(shop)))).toBe(200);
      // Whoever waits for Shopify's answer takes 10 s.
      expect(performance.now() - began).toBeLessThan(5_000);
      Object.assign(shopify.admin.faults, { delayMs: 0, failNext: 0 });
      const store = await prisma.store.findUniqueOrThrow({ where: { shop } });
      expect([store.state, store.uninstallReportedAt === null]).toEqual(["installed", false]);
      expect(await prisma.session.count({ where: { shop } })).toBe(1);
    }
  });

  it("answers a guess at the pixel as it answers an order that is not there, and as fast", async () => {
    let next = 0;
    const guess = async (orderId: string) => {
      const started = performance.now();
      const response = await stage.ask("/pixel/checkout", undefined, {
        method: "POST",
        body: JSON.stringify({
          v: 1,
          shop: THEIRS,
          orderId,
          checkoutToken: randomUUID(),
          consent: { marketing: true },
        }),
        headers: {
          "content-type": "text/plain",
          "x-forwarded-for": `198.51.100.${(next += 1)}`,
        },
      });
      const { ticket: _ticket, ...answer } = (await response.json()) as { ticket?: string };
      return { answer: JSON.stringify(answer), ms: performance.now() - started };
    };
    // Side by side, so that whatever else the machine does meets both alike.
    const guesses = Array.from({ length: 60 }, async (_each, n) => ({
      isKnown: n % 2 === 0,
      ...(await guess(n % 2 === 0 ? ORDER : String(6_399_999_999_000 + n))),
    }));
    const answers = await Promise.all(guesses);
    expect(new Set(answers.map(({ answer }) => answer)).size).toBe(1);
    const [known, unknown] = [true, false].map((isKnown) =>
      answers.filter((each) => each.isKnown === isKnown).map(({ ms }) => ms),
    ) as [number[], number[]];
    // How often a known order is the slower of two. One half: the time says nothing. The bound is four standard
    // deviations of thirty against thirty (Mann-Whitney).
    const slower = known.flatMap((ms) => unknown.map((other) => (ms > other ? 1 : ms < other ? 0 : 0.5)));
    const share = slower.reduce<number>((sum, each) => sum + each, 0) / slower.length;
    expect(Math.abs(share - 0.5)).toBeLessThan(0.3);
  });

  it("serves no endpoint to a page of another origin", async () => {
    const response = await stage.ask("/app/datasets/new", await stage.world.shopify.idToken(MINE), {
      method: "POST",
      headers: { origin: "https://evil.example" },
      body: "x=1",
    });
    expect(response.status).toBe(403);
  });
});

import { createHmac, randomUUID } from "node:crypto";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { API_KEY, API_SECRET, BROWSER_AGENT, startWorld, type World } from "#sandbox/start-world.ts";
import { signWebhook } from "#sandbox/shopify/auth/sign-request.ts";
import { addressOf, handlersOf, readDoors } from "#tests/security/doors.ts";
import { orderBody } from "#tests/security/webhook-desk.ts";
import { openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";
import { ensureBuild } from "../../scripts/ensure-build.ts";

const MINE = "tandem-demo.myshopify.com";
const THEIRS = "kawa-goods.myshopify.com";
const THEIR_DATASET = "2234567890123456";

/** Attacks on the real process, on a database that can be looked into meanwhile. */
describe("the app under attack", () => {
  let world: World;
  let test: TestDatabase;

  beforeAll(async () => {
    ensureBuild();
    test = await openTestDatabase("server");
    world = await startWorld({ databaseUrl: test.url, environment: { TRUSTED_PROXIES: "1" } });
    await world.signIn(MINE);
    await world.signIn(THEIRS);
    await world.connectDataset(THEIRS, THEIR_DATASET);
    await webhook("orders/paid", THEIRS, orderBody("6300000000001", Date.now() - 20 * 60_000));
    await webhook(
      "customers/data_request",
      THEIRS,
      JSON.stringify({
        shop_domain: THEIRS,
        customer: { email: "buyer@example.com" },
        data_request: { id: 1 },
      }),
    );
  });
  afterAll(async () => {
    await world.close();
    await test.destroy();
  });

  const webhook = async (topic: string, shop: string, body: string, headers: Record<string, string> = {}) =>
    (
      await fetch(`${world.app.url}/webhooks/${topic}`, {
        method: "POST",
        body,
        headers: {
          "x-shopify-topic": topic,
          "x-shopify-shop-domain": shop,
          "x-shopify-api-version": "2026-10",
          "x-shopify-webhook-id": randomUUID(),
          "x-shopify-hmac-sha256": signWebhook(body, API_SECRET),
          ...headers,
        },
      })
    ).status;
  const ask = (path: string, token?: string, init: RequestInit = {}) =>
    fetch(world.app.url + path, {
      ...init,
      redirect: "manual",
      headers: {
        "user-agent": BROWSER_AGENT,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...init.headers,
      },
    });
  /** Everything of one store, as text: what another store's staff must not change. */
  const rowsOf = async (shop: string) => {
    const { id } = await test.database.prisma.store.findUniqueOrThrow({ where: { shop } });
    const rows = await test.database.prisma.$queryRaw<{ row: string }[]>`
      SELECT concat_ws('|', d.id, d.dataset_id, d.name, d.state, d.sealed_token, d.token_last_four) AS row
      FROM dataset d WHERE d.store_id = ${id}::bigint
      UNION ALL SELECT concat_ws('|', s.settings_version, s.event_id_rule, s.retention_days, s.consent_policy, s.state) FROM store s WHERE s.id = ${id}::bigint
      UNION ALL SELECT concat_ws('|', v.id, v.asked_at) FROM delivery v WHERE v.store_id = ${id}::bigint
      UNION ALL SELECT concat_ws('|', q.id, q.sealed_export) FROM compliance_request q WHERE q.shop = ${shop} AND q.completed_at IS NOT NULL`;
    return rows.map(({ row }) => row).sort();
  };

  it("lets nobody in without a key, at any door, and puts strict headers on every answer", async () => {
    for (const [file, kind] of readDoors()) {
      if (file === "auth.$.ts") continue; // Shopify's own steps, which begin where there is no session yet
      for (const method of ["GET", "POST"]) {
        const response = await ask(addressOf(file), undefined, { method });
        const text = await response.text();
        const where = `${method} ${file}`;
        expect(response.status, where).toBeLessThan(500);
        if (kind !== "public") expect(response.status, where).toBeGreaterThanOrEqual(300);
        if (kind === "webhook" || kind === "proxy") expect([400, 401, 405], where).toContain(response.status);
        expect(text, where).not.toContain(THEIR_DATASET);
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
      const response = await ask(path, make());
      expect(response.status).toBeGreaterThanOrEqual(300);
      expect(response.status).toBeLessThan(500);
      expect(await response.text()).not.toContain("Connect dataset");
    }
  });

  it("lets nobody in for a shop that is none, not even with the right signature", async () => {
    // Only who holds the app's secret can make it; Shopify's library throws at it, so this is no clean refusal.
    const token = forge({ dest: "https://evil.example", iss: "https://evil.example/admin" });
    expect((await ask("/app", token)).ok).toBe(false);
  });

  it("accepts the same token when nothing is wrong with it", async () => {
    expect((await ask("/app/datasets?_data=routes%2Fapp.datasets._index", forge({}))).status).toBe(200);
  });

  it("shows a merchant nothing of another store, whatever is asked of every page, and changes nothing of it", async () => {
    const { prisma } = test.database;
    const their = await prisma.store.findUniqueOrThrow({
      where: { shop: THEIRS },
      include: { datasets: true, conversions: true },
    });
    const request = await prisma.complianceRequest.findFirstOrThrow({ where: { shop: THEIRS } });
    const ids = [...their.datasets, ...their.conversions, request]
      .map(({ id }) => String(id))
      .concat(THEIR_DATASET);
    const before = await rowsOf(THEIRS);
    const intents = [
      "rename",
      "pause",
      "resume",
      "disconnect",
      "token",
      "check",
      "retry",
      "save",
      "test",
      "delete",
    ];
    for (const [file, kind] of readDoors()) {
      if (kind !== "admin" || file === "auth.$.ts" || handlersOf(file).length === 0) continue;
      for (const id of file.includes("$") ? ids : [""]) {
        const base = addressOf(file).replace("/1", `/${id}`);
        const address = `${base}?id=${id}&store=${their.id}&shop=${THEIRS}&dataset=${their.datasets[0]?.id ?? ""}&_data=${encodeURIComponent(`routes/${file.replace(/\.tsx?$/, "")}`)}`;
        const answers = [await ask(address, world.shopify.idToken(MINE))];
        for (const intent of handlersOf(file).some(({ name }) => name === "action") ? intents : []) {
          const form = new URLSearchParams({
            intent,
            id,
            storeId: String(their.id),
            datasetId: id,
            deliveryId: id,
            conversionId: id,
            name: "stolen",
            token: "EAAstolen",
          });
          answers.push(await ask(address, world.shopify.idToken(MINE), { method: "POST", body: form }));
        }
        for (const answer of answers) {
          const text = await answer.text();
          expect(answer.status, `${file} ${id}`).toBeLessThan(500);
          expect(text, `${file} ${id}`).not.toContain("6300000000001");
          if (id !== THEIR_DATASET) expect(text, `${file} ${id}`).not.toContain(THEIR_DATASET);
        }
      }
    }
    expect(await rowsOf(THEIRS)).toEqual(before);
    const own = await ask(`/app/privacy/${request.id}/export`, world.shopify.idToken(THEIRS));
    expect(own.status).toBe(200);
    expect(await own.text()).toContain("6300000000001");
  });

  it("refuses forged and misdirected webhooks, and takes a replayed one for what it is", async () => {
    const order = orderBody("6300000000002", Date.now() - 20 * 60_000);
    expect(
      await webhook("orders/paid", MINE, order, { "x-shopify-hmac-sha256": signWebhook(order, "guess") }),
    ).toBe(401);
    expect(
      await webhook("orders/paid", MINE, `${order} `, {
        "x-shopify-hmac-sha256": signWebhook(order, API_SECRET),
      }),
    ).toBe(401);
    expect(await webhook("orders/paid", MINE, order)).toBe(200);
    expect(await webhook("orders/paid", MINE, order)).toBe(200);
    expect(await test.database.prisma.conversion.count({ where: { orderId: "6300000000002" } })).toBe(1);
    const redact = JSON.stringify({
      shop_domain: THEIRS,
      customer: { email: "buyer@example.com" },
      orders_to_redact: [],
    });
    expect(await webhook("customers/redact", MINE, redact)).toBe(401);
    expect(await webhook("shop/redact", THEIRS, redact)).toBe(422);
  });

  it(
    "answers a guess at the pixel as it answers an order that is not there, and as fast",
    { timeout: 120_000 },
    async () => {
      const guess = async (orderId: string) => {
        const started = performance.now();
        const response = await ask("/pixel/checkout", undefined, {
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
            "x-forwarded-for": `198.51.100.${Math.floor(Math.random() * 250)}`,
          },
        });
        const { ticket: _ticket, ...answer } = (await response.json()) as { ticket?: string };
        return { answer: JSON.stringify(answer), ms: performance.now() - started };
      };
      const known = await Promise.all(Array.from({ length: 6 }, () => guess("6300000000001")));
      const unknown = await Promise.all(
        Array.from({ length: 6 }, (_each, n) => guess(String(6_399_999_999_000 + n))),
      );
      expect(new Set([...known, ...unknown].map(({ answer }) => answer)).size).toBe(1);
      const median = (of: readonly { ms: number }[]) => [...of].sort((a, b) => a.ms - b.ms)[3]?.ms ?? 0;
      // A tenth of the longest wait: far above what the network shows, far below what a found order would save.
      expect(Math.abs(median(known) - median(unknown))).toBeLessThan(1_000);
    },
  );

  it("serves no door to a page of another origin", async () => {
    const response = await ask("/app/datasets/new", world.shopify.idToken(MINE), {
      method: "POST",
      headers: { origin: "https://evil.example" },
      body: "x=1",
    });
    expect(response.status).toBe(403);
  });
});

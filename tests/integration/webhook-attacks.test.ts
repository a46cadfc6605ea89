import { rmSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type WebhookTopic, WEBHOOK_TOPICS } from "#app/stores/shopify/webhook-shape.ts";
import { openDatabase } from "#app/platform/database/database.server.ts";
import { createLog } from "#app/platform/process/log.server.ts";
import { signAdminQuery, signProxyQuery, signWebhook } from "#sandbox/shopify/auth/sign-request.ts";
import { withOwnShopId } from "#sandbox/shopify/orders/order-json.ts";
import {
  customerRedactBody,
  dataRequestBody,
  scopesUpdateBody,
  shopRedactBody,
  uninstalledBody,
} from "#sandbox/shopify/webhooks/webhook-bodies.ts";
import { API_SECRET, startWorld, type World } from "#sandbox/start-world.ts";
import { orderBody, webhookRequest } from "#tests/security/webhook-desk.ts";
import { DATABASE_KINDS, openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

/** The store that attacks with what was signed for it, and the store that must come to no harm. */
const A = "tandem-demo.myshopify.com";
const B = "kawa-goods.myshopify.com";
const METRICS_TOKEN = "metrics token of this test";
const DATASET = "1234567890123456";
const ORDER = "6500000000001";

const asBase64 = (signature: string, from: "hex" | "base64url") =>
  Buffer.from(signature, from).toString("base64");

/**
 * Everything that is signed with the app's secret and is not a webhook of this topic and this store, over real HTTP.
 * Each attack is one request; that none of them changed a row is looked at when all of them are done.
 */
describe.each(DATABASE_KINDS)("what is signed for another purpose, on the %s database", (databaseKind) => {
  let test: TestDatabase;
  let world: World;

  beforeAll(async () => {
    test = await openTestDatabase(databaseKind);
    // The embedded database has room for one process: the app's.
    if (databaseKind === "embedded") await test.database.close();
    world = await startWorld({
      ...(databaseKind === "embedded" ? { dataDirectory: test.dataDirectory } : { databaseUrl: test.url }),
      environment: { METRICS_TOKEN },
    });
    for (const shop of [A, B]) await world.signIn(shop);
    await world.connectDataset(B, DATASET);
    expect(await send("orders/paid", B, orderOf(B, ORDER))).toBe(200);
  }, 300_000);
  afterAll(async () => {
    await world.close();
    if (databaseKind === "embedded") rmSync(test.dataDirectory, { recursive: true, force: true });
    else await test.destroy();
  });

  const send = async (
    topic: WebhookTopic,
    shop: string,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<number> => {
    const to = { origin: world.app.url, secret: API_SECRET };
    return (await fetch(webhookRequest(topic, shop, body, headers, to))).status;
  };
  const storeOf = (shop: string) => world.shopify.store(shop);
  const orderOf = (shop: string, id: string, more: Record<string, unknown> = {}) =>
    withOwnShopId(orderBody(id, Date.now() - 20 * 60_000, more), storeOf(shop).id);
  /** Bodies of A, each as Shopify signs it for its own topic. */
  const bodiesOfA = (): Readonly<Record<WebhookTopic, string>> => ({
    "orders/paid": orderOf(A, "6500000000002"),
    "app/uninstalled": uninstalledBody(storeOf(A)),
    "app/scopes_update": scopesUpdateBody(storeOf(A), ["read_orders"], Date.now()),
    "customers/data_request": dataRequestBody(storeOf(A), { email: "buyer@example.com" }, [ORDER], "7"),
    "customers/redact": customerRedactBody(storeOf(A), { email: "buyer@example.com" }, [ORDER]),
    "shop/redact": shopRedactBody(storeOf(A)),
  });

  it.each(WEBHOOK_TOPICS)("refuses a session token as %s", async (topic) => {
    const [header = "", payload = "", signature = ""] = (await world.shopify.idToken(A)).split(".");
    const body = `${header}.${payload}`;
    expect(signWebhook(body, API_SECRET)).toBe(asBase64(signature, "base64url"));
    expect(await send(topic, B, body)).toBe(422);
  });

  it.each(WEBHOOK_TOPICS)("refuses the query of a launch address as %s", async (topic) => {
    const query = new URL(await world.shopify.launchUrl(A)).searchParams;
    const signature = asBase64(query.get("hmac") ?? "", "hex");
    query.delete("hmac");
    query.sort();
    expect(signature).toBe(asBase64(signAdminQuery(query, API_SECRET), "hex"));
    expect(await send(topic, B, query.toString(), { "x-shopify-hmac-sha256": signature })).toBe(422);
  });

  it.each(WEBHOOK_TOPICS)("refuses the signature of a proxied request as %s", async (topic) => {
    const query = new URLSearchParams({ path_prefix: "/apps/tandem", shop: A, timestamp: "1790000000" });
    const signature = asBase64(signProxyQuery(query, API_SECRET), "hex");
    const body = `path_prefix=/apps/tandemshop=${A}timestamp=1790000000`;
    expect(signWebhook(body, API_SECRET)).toBe(signature);
    expect(await send(topic, B, body)).toBe(422);
  });

  it.each(WEBHOOK_TOPICS)("refuses an address made to parse as the JSON of %s", async (topic) => {
    const wanted = bodiesOfA()[topic].replaceAll(A, B).replaceAll(storeOf(A).id, storeOf(B).id).slice(1, -1);
    const rest = `x&embedded=1&host=YWRtaW4&shop=${A}&timestamp=1790000000&z=`;
    for (const body of [` {${wanted},"x":"=${rest}"}`, `{${wanted},"x":"=${rest}"}`]) {
      expect(typeof JSON.parse(body)).toBe("object");
      expect(await send(topic, B, body)).toBe(422);
    }
    const proxied = `{${wanted},"x":"=path_prefix=/apps/tandemshop=${A}timestamp=1790000000"}`;
    expect(await send(topic, B, proxied)).toBe(422);
  });

  it.each(WEBHOOK_TOPICS.flatMap((from) => WEBHOOK_TOPICS.map((to) => [from, to] as const)))(
    "refuses a body of A's %s at %s under B's name",
    async (from, to) => {
      expect(await send(to, B, bodiesOfA()[from])).toBe(from === to ? 401 : 422);
    },
  );

  it.each(
    WEBHOOK_TOPICS.flatMap((from) =>
      WEBHOOK_TOPICS.filter((to) => to !== from).map((to) => [from, to] as const),
    ),
  )("refuses a body of B's own %s at %s", async (from, to) => {
    const body = bodiesOfA()[from].replaceAll(A, B).replaceAll(storeOf(A).id, storeOf(B).id);
    expect(await send(to, B, body)).toBe(422);
  });

  it.each([
    ["{}"],
    ["[]"],
    ['[{"myshopify_domain":"kawa-goods.myshopify.com","id":1}]'],
    ["null"],
    ["1"],
    ["true"],
    ['"kawa-goods.myshopify.com"'],
    ['{"id":1,"myshopify_domain":null,"shop_domain":null}'],
    ['{"id":1,"myshopify_domain":["kawa-goods.myshopify.com"],"shop_domain":["kawa-goods.myshopify.com"]}'],
    ['{"shop":{"myshopify_domain":"kawa-goods.myshopify.com","shop_domain":"kawa-goods.myshopify.com"}}'],
    [
      '{"__proto__":{"myshopify_domain":"kawa-goods.myshopify.com","shop_domain":"kawa-goods.myshopify.com"}}',
    ],
    ["\uFEFF{}"],
    [`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`],
    ["[".repeat(200_000)],
  ])("refuses at every topic what is not its object (%#)", async (body) => {
    for (const topic of WEBHOOK_TOPICS) expect(await send(topic, B, body), topic).toBe(422);
  });

  it("reads a key that comes twice once, as everybody after it does", async () => {
    const twice = (first: string, last: string) =>
      `{"id":1,"shop_domain":"${first}","shop_domain":"${last}","customer":{"id":1},"orders_to_redact":[]}`;
    expect(await send("customers/redact", B, twice(B, A))).toBe(401);
    const uninstall = `{"id":${storeOf(B).id},"myshopify_domain":"${B}","myshopify_domain":"${A}"}`;
    expect(await send("app/uninstalled", B, uninstall)).toBe(401);
  });

  it.each([
    ["", 400],
    ["orders/create", 422],
    ["app/uninstalled", 422],
    ["ORDERS_PAID", 422],
    ["orders_paid", 422],
    ["Orders/Paid", 422],
    ["orders/paid, orders/paid", 422],
  ])("refuses an order whose topic is %s", async (topic, status) => {
    expect(await send("orders/paid", B, orderOf(B, "6500000000003"), { "x-shopify-topic": topic })).toBe(
      status,
    );
  });

  it.each([
    [`${B}.`, 400],
    [`a.${B}`, 400],
    [`${B}, ${A}`, 400],
    [`${B}/`, 400],
    ["kawa-goods.myshopify.com.evil.example", 400],
    ["", 400],
  ])("refuses an order for the shop %s", async (shop, status) => {
    expect(await send("orders/paid", shop, orderOf(B, "6500000000004"))).toBe(status);
  });

  it.each([
    "pending",
    "authorized",
    "partially_paid",
    "expired",
    "voided",
    "refunded",
    "PENDING",
    "new_state",
  ])("thanks for an order that is %s and does not send it as a sale", async (financial_status) => {
    expect(await send("orders/paid", B, orderOf(B, "6500000000005", { financial_status }))).toBe(200);
  });

  it("does not believe a numeric ID of another shop, whatever the domain is", async () => {
    const id = storeOf(A).id;
    expect(await send("app/uninstalled", B, `{"id":${id},"myshopify_domain":"${B}"}`)).toBe(401);
    expect(await send("shop/redact", B, `{"shop_id":${id},"shop_domain":"${B}"}`)).toBe(401);
    expect(await send("orders/paid", B, orderOf(A, "6500000000006"))).toBe(401);
    const unknown = orderOf(A, "6500000000006").replace(`/${id}/orders/`, "/99999999/orders/");
    expect(await send("orders/paid", B, unknown)).toBe(401);
  });

  it("does not uninstall a store that Shopify says is installed, not even by a body of its own shape", async () => {
    expect(await send("app/uninstalled", B, uninstalledBody(storeOf(B)))).toBe(200);
  });

  it("has left B as it was, and takes its next order", async () => {
    const counted = await (
      await fetch(`${world.app.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })
    ).text();
    expect(counted).toMatch(/tandem_webhooks_total\{topic="app\/uninstalled",outcome="not_json"\} \d+/);
    // Whatever the header's case is: a host name has none.
    expect(await send("orders/paid", B.toUpperCase(), orderOf(B, "6500000000009"))).toBe(200);
    await world.app.stop();
    const database =
      databaseKind === "embedded"
        ? await openDatabase({ dataDirectory: test.dataDirectory, log: createLog("silent") })
        : test.database;
    const { prisma } = database;
    const store = await prisma.store.findUniqueOrThrow({
      where: { shop: B },
      include: { datasets: true, conversions: { orderBy: { id: "asc" } } },
    });
    expect(store).toMatchObject({ state: "installed", shopId: storeOf(B).id });
    expect(store.datasets.map(({ sealedToken }) => sealedToken === null)).toEqual([false]);
    expect(store.conversions.map(({ orderId, redactedAt }) => [orderId, redactedAt])).toEqual([
      [ORDER, null],
      ["6500000000009", null],
    ]);
    expect(await prisma.session.count({ where: { shop: B } })).toBe(1);
    expect(await prisma.complianceRequest.count()).toBe(0);
    if (databaseKind === "embedded") await database.close();
  });

  it("has logged a few lines of each kind and counted the rest", () => {
    const lines = world.app.lines.filter((line) => line.includes("webhook refused"));
    expect(lines.length).toBeGreaterThan(0);
    for (const topic of WEBHOOK_TOPICS) {
      const whole = lines.filter((line) => line.includes(`"topic":"${topic}","reason":"not_json"`));
      expect(whole.length, topic).toBeLessThanOrEqual(10);
    }
  });
});

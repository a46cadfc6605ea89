import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { startShopify } from "./start-shopify.ts";
import { startStubPixelApp } from "#tests/setup/sandbox/stub-app.ts";

const SHOP = "tandem-demo.myshopify.com";
const app = await startStubPixelApp();
const sandbox = await startShopify({ appUrl: app.url, apiKey: "key", apiSecret: "secret" });
afterAll(async () => {
  await sandbox.close();
  await app.close();
});
beforeEach(() => {
  app.requests.length = 0;
});

async function command(name: string, body: object = {}): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  const text = JSON.stringify({ shop: SHOP, ...body });
  const response = await fetch(`${sandbox.url}/__control/${name}`, { method: "POST", headers, body: text });
  return response.json();
}
const bodies = (topic: string) =>
  app.to(`/webhooks/${topic}`).map(({ body }) => JSON.parse(body) as Record<string, never>);

describe("remote control", () => {
  it("has a page with the commands as buttons", async () => {
    const response = await fetch(sandbox.url);
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toContain('action="/__control/expire-tokens"');
    expect(page).toContain('name="count" value="20"');
  });

  it("goes back to the page that a button was pressed on", async () => {
    const body = new URLSearchParams({ shop: SHOP, back: "/somewhere" });
    const answer = await fetch(`${sandbox.url}/__control/install`, {
      method: "POST",
      body,
      redirect: "manual",
    });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/somewhere"]);
  });

  it("sends orders of many kinds, repeated where that is asked for", async () => {
    await command("install");
    await command("orders", { count: 30, send: { duplicates: 1 } });
    await sandbox.webhooks.idle();
    const ids = new Set(bodies("orders/paid").map((order) => String(order["id"])));
    expect(ids.size).toBe(30);
    expect(bodies("orders/paid")).toHaveLength(60);
    expect(new Set(bodies("orders/paid").map((order) => order["source_name"])).size).toBeGreaterThan(2);
  });

  it("takes an order file as it is, digit for digit", async () => {
    const text =
      '{"id":820982911946154508,"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z","processed_at":"2026-01-01T00:00:00Z","financial_status":"paid","total_price":"1.00","payment_gateway_names":[]}';
    await sandbox.sendPaid(SHOP, sandbox.adoptOrder(SHOP, text));
    expect(app.to("/webhooks/orders/paid")[0]?.body).toBe(text);
  });

  it("lets an unpaid order be paid later", async () => {
    const [orderId] = (await command("orders", { wish: { paid: false } })) as string[];
    await sandbox.webhooks.idle();
    expect(bodies("orders/paid")).toEqual([]);
    await command("pay", { orderId });
    await sandbox.webhooks.idle();
    expect(bodies("orders/paid")[0]).toMatchObject({ financial_status: "paid" });
  });

  it("sends the privacy topics in their documented shapes", async () => {
    const { id, payload } = sandbox.placeOrder(SHOP);
    await command("privacy", { topic: "customers/data_request", orderId: id });
    await command("privacy", { topic: "customers/redact", orderId: id });
    await command("redact-shop");
    await sandbox.webhooks.idle();
    const customer = { id: Number(payload.customer?.id), email: payload.email };
    const shop = { shop_id: 70000001, shop_domain: SHOP };
    expect(bodies("customers/data_request")[0]).toMatchObject({
      ...shop,
      orders_requested: [Number(id)],
      customer,
    });
    expect(bodies("customers/data_request")[0]?.["data_request"]).toHaveProperty("id");
    expect(bodies("customers/redact")[0]).toMatchObject({
      ...shop,
      orders_to_redact: [Number(id)],
      customer,
    });
    expect(bodies("shop/redact")[0]).toEqual(shop);
  });

  it("uninstalls: the installation's things go, the webhook comes, the embed stays saved in the theme", async () => {
    const store = sandbox.store(SHOP);
    store.embed.active = true;
    store.webPixel = { id: "gid://shopify/WebPixel/1", settings: {} };
    await command("scopes", { scopes: ["read_orders"] });
    await sandbox.webhooks.idle();
    expect(bodies("app/scopes_update")[0]?.["current"]).toEqual(["read_orders"]);
    await command("uninstall");
    await sandbox.webhooks.idle();
    expect(bodies("app/uninstalled")[0]).toMatchObject({ myshopify_domain: SHOP });
    expect([store.installation, store.webPixel, store.embed.active]).toEqual([undefined, undefined, true]);
  });

  it("names what it knows when asked for what it does not", async () => {
    expect(await command("explode")).toMatchObject({ error: "no command explode" });
  });
});

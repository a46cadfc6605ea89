import { globSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { asRecord, type JsonRecord } from "../../conversions/read-json.ts";
import { checkWebhookShape, WEBHOOK_TOPICS, type WebhookTopic } from "./webhook-shape.ts";

const SHOP = "a.myshopify.com";

/** Each topic's documented payload (shopify.dev), shortened where it is long. */
const DOCUMENTED: Readonly<Record<WebhookTopic, JsonRecord>> = {
  "orders/paid": {
    id: "820982911946154508",
    admin_graphql_api_id: "gid://shopify/Order/820982911946154508",
    currency: "USD",
    customer: { id: 115310627314723950 },
    financial_status: "paid",
    line_items: [],
    order_status_url: "https://jsmith.myshopify.com/548380009/orders/b1946ac9/authenticate?key=abcdefg",
    shipping_address: {},
  },
  "app/uninstalled": {
    id: 548380009,
    name: "Super Toys",
    email: "super@supertoys.com",
    domain: "shop.example.com",
    myshopify_domain: SHOP,
    plan_name: "enterprise",
    enabled_presentment_currencies: ["USD"],
  },
  "app/scopes_update": {
    id: 1234,
    shop_id: 548380009,
    previous: ["read_customers"],
    current: ["read_customers", "read_discounts"],
    updated_at: "2024-10-01T00:00:00.000Z",
  },
  "customers/data_request": {
    shop_id: 548380009,
    shop_domain: SHOP,
    orders_requested: [299938, 280263, 220458],
    customer: { id: 191167, email: "john@example.com", phone: "555-625-1199" },
    data_request: { id: 9999 },
  },
  "customers/redact": {
    shop_id: 548380009,
    shop_domain: SHOP,
    customer: { id: 191167, email: "john@example.com", phone: "555-625-1199" },
    orders_to_redact: [299938, 280263, 220458],
  },
  "shop/redact": { shop_id: 548380009, shop_domain: SHOP },
};

describe("the shape of a webhook", () => {
  it.each(WEBHOOK_TOPICS.flatMap((body) => WEBHOOK_TOPICS.map((topic) => [body, topic] as const)))(
    "a body of %s at %s",
    (body, topic) => {
      expect(checkWebhookShape(topic, DOCUMENTED[body], SHOP)).toEqual(
        body === topic
          ? { ok: true, shopId: "548380009" }
          : { ok: false, status: 422, reason: "another_topic" },
      );
    },
  );

  it.each(["app/uninstalled", "customers/data_request", "customers/redact", "shop/redact"] as const)(
    "%s of another shop",
    (topic) => {
      expect(checkWebhookShape(topic, DOCUMENTED[topic], "b.myshopify.com")).toEqual({
        ok: false,
        status: 401,
        reason: "another_shop",
      });
    },
  );

  it.each(WEBHOOK_TOPICS)("%s without the names of its shop", (topic) => {
    const {
      shop_domain: _domain,
      myshopify_domain: _myshopify,
      shop_id: _id,
      order_status_url: _url,
      ...rest
    } = DOCUMENTED[topic];
    // An order and a change of scopes may name none: what is done for them then does not rest on the body alone.
    const isFree = topic === "orders/paid" || topic === "app/scopes_update";
    expect(checkWebhookShape(topic, rest, SHOP).ok).toBe(isFree);
  });

  const files = globSync("tests/orders/{,field/}*.json").filter(
    (file) => !/(report|settings)\.json$/.test(file),
  );
  it.each(files)("takes the order in %s", (file) => {
    const order = asRecord(JSON.parse(readFileSync(file, "utf8"))) ?? {};
    expect(checkWebhookShape("orders/paid", order, SHOP).ok).toBe(true);
  });

  it.each([
    ["https://shop.example.com/548380009/orders/t/authenticate?key=k", "548380009"],
    ["https://checkout.shopify.com/548380009/orders/t/authenticate?key=k", "548380009"],
    ["http://shop.localhost:3000/70000001/orders/t", "70000001"],
    ["https://shop.example.com/orders/548380009/orders/t", undefined],
    ["https://shop.example.com/account/orders/t", undefined],
    ["https://shop.example.com/0/orders/t", undefined],
    ["https://548380009/orders/t", undefined],
    ["javascript:alert(1)", undefined],
    [null, undefined],
    [548380009, undefined],
  ])("the shop ID in the status address %s is %s", (order_status_url, shopId) => {
    expect(checkWebhookShape("orders/paid", { line_items: [], order_status_url }, SHOP)).toEqual({
      ok: true,
      shopId,
    });
  });

  it.each(["Refund", "DraftOrder", "Customer", "Shop"])("a %s is no order", (type) => {
    const body = { ...DOCUMENTED["orders/paid"], admin_graphql_api_id: `gid://shopify/${type}/1` };
    expect(checkWebhookShape("orders/paid", body, SHOP).ok).toBe(false);
  });
});

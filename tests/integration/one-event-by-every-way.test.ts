import { openAppSide, openShopify, signIn, SHOP, type AppSide } from "#tests/setup/open-shopify.ts";

import { readdirSync, readFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { buildConversion } from "#app/conversions/build-conversion.ts";
import { buildServerEvent } from "#app/meta/build-server-event.ts";
import type { ServerEventOutcome } from "#app/meta/wire-event.ts";
import type { OrderFacts } from "#app/conversions/order/order-facts.ts";
import { parseOrder } from "#app/conversions/order/parse-order.ts";
import { parseSettings } from "#app/conversions/settings/parse-settings.ts";
import { readOrder } from "#app/stores/shopify/read-order.server.ts";
import { writeJson } from "#sandbox/shopify/orders/order-json.ts";
import { seededRandom } from "#sandbox/shopify/orders/seeded-random.ts";
import type { OrderKind } from "#sandbox/shopify/orders/order-wish.ts";
import type { ShopifySandbox } from "#sandbox/shopify/start-shopify.ts";
import { openTestDatabase, type TestDatabase } from "#tests/setup/open-test-database.ts";

/** Orders that the Admin API cannot have, each with the reason. */
const NO_SUCH_ORDER: Readonly<Record<string, string>> = {
  "21_bad_fields.json": "texts where Shopify's schema has numbers, times and lists",
  "22_unreadable_total.json": "an amount that is no Decimal",
  "24_no_time.json": "Order.createdAt and Order.processedAt are DateTime!, never null",
};

/** Keys of the event that may differ in any order: the Admin API has no such field. */
const NEVER_TOLD: Readonly<Record<string, string>> = {
  "user_data.client_user_agent": "no user agent in the Admin API",
};

const SETTINGS: readonly Readonly<Record<string, unknown>>[] = [
  {},
  { valueBasis: "subtotal", contentId: "sku", eventIdRule: "order_id" },
  { valueBasis: "without_tax", currencySide: "presentment", contentId: "variant" },
  { valueBasis: "without_shipping", currencySide: "presentment", contentId: "shopify_catalogue" },
].map((more) => ({
  consentPolicy: "merchant",
  sources: { web: true, pos: true, draft: true, subscription: true, other: true },
  ...more,
}));

const FILES = ["tests/orders", "tests/orders/field"].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /^\d\d_.*\.json$/.test(name) && !/_(?:settings|report)\.json$/.test(name))
    .map((name) => ({ name, path: `${folder}/${name}` })),
);

/** The event as a flat list of its keys; `skipped` where there is none. */
function flat(outcome: ServerEventOutcome): Readonly<Record<string, unknown>> {
  if (outcome.kind === "skipped") return { skipped: outcome.reason };
  const { user_data: user, custom_data: custom, ...rest } = outcome.event;
  const under = (name: string, fields: object) =>
    Object.fromEntries(Object.entries(fields).map(([key, value]) => [`${name}.${key}`, value as unknown]));
  return { ...rest, ...under("user_data", user), ...under("custom_data", custom) };
}

function outcomeOf(facts: OrderFacts, settings: Readonly<Record<string, unknown>>, now: number) {
  const parsed = parseSettings(settings);
  if (!parsed.ok) throw new Error(parsed.message);
  const conversion = buildConversion(facts, parsed.settings, { now, shopDomain: SHOP });
  return { conversion, outcome: buildServerEvent(conversion, null, { now }) };
}

/** Fails unless both events are the same but for what may differ, and what differs for want of telling is named. */
function expectOneEvent(webhook: OrderFacts, admin: OrderFacts) {
  for (const settings of SETTINGS) {
    const now = webhook.updatedAt ?? 0;
    const [one, other] = [outcomeOf(webhook, settings, now), outcomeOf(admin, settings, now)];
    const [left, right] = [flat(one.outcome), flat(other.outcome)];
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    const differing = keys.filter((key) => JSON.stringify(left[key]) !== JSON.stringify(right[key]));
    const unexplained = differing.filter((key) => !(key in NEVER_TOLD));
    expect(
      Object.fromEntries(unexplained.map((key) => [key, { webhook: left[key], admin: right[key] }])),
    ).toEqual({});
    if (differing.includes("user_data.client_user_agent"))
      expect(other.outcome.dropped).toContainEqual({
        key: "client_user_agent",
        from: "order.client_details.user_agent",
        reason: "not_in_admin_api",
      });
    expect(other.conversion.checkoutToken).toBe(one.conversion.checkoutToken);
  }
}

describe("one order, one event, by every way in", () => {
  let store: TestDatabase;
  let sandbox: ShopifySandbox;
  let app: AppSide;
  /** Moved on between two questions, so that Shopify's limit on their cost never bites. Milliseconds. */
  let ahead = 0;
  const clock = () => Date.now() + ahead;

  beforeAll(async () => {
    store = await openTestDatabase("embedded");
    await store.database.prisma.store.create({ data: { shop: SHOP } });
    sandbox = await openShopify(clock);
    app = openAppSide(store.database, clock);
    await signIn(sandbox, app);
  });
  afterAll(async () => {
    await sandbox.close();
    await store.destroy();
  });

  /** The file's order as updated a minute ago: without a further permission an app reads 60 days of orders. */
  const adopt = (text: string) => {
    const order = JSON.parse(text) as { updated_at: string };
    const later = Math.floor((clock() - Date.parse(order.updated_at)) / 1000 - 60) * 1000;
    const dated = text.replace(
      /"(created_at|processed_at|updated_at)": "([^"]+)"/g,
      (_all, key: string, at: string) => `"${key}": "${new Date(Date.parse(at) + later).toISOString()}"`,
    );
    return sandbox.adoptOrder(SHOP, dated);
  };
  const byWebhook = (text: string): OrderFacts => {
    const parsed = parseOrder(text);
    if (!parsed.ok) throw new Error(parsed.problem.message);
    return parsed.order;
  };
  const byAdmin = async (orderId: string): Promise<OrderFacts> => {
    ahead += 10_000;
    const reading = await readOrder(app.callAdmin, SHOP, orderId);
    if (reading.kind !== "order") throw new Error(JSON.stringify(reading));
    expect(reading.isPaid).toBe(true);
    return reading.order;
  };

  it.each(FILES.filter(({ name }) => !(name in NO_SUCH_ORDER)))("$name", async ({ path }) => {
    const record = adopt(readFileSync(path, "utf8"));
    expectOneEvent(byWebhook(writeJson(record.payload)), await byAdmin(record.id));
  });

  it("holds for generated orders of every kind", async () => {
    const random = seededRandom(660);
    const kinds: readonly OrderKind[] = ["web", "pos", "draft", "renewal", "channel_app"];
    for (let round = 0; round < 40; round += 1) {
      const record = sandbox.placeOrder(SHOP, {
        kind: kinds[round % kinds.length] ?? "web",
        at: clock() - 3_600_000,
        ...(random.chance(0.5) && { discountPercent: 15 }),
        ...(random.chance(0.3) && { presentment: "GBP" }),
        ...(random.chance(0.5) && {
          noteAttributes: [{ name: "_fbp", value: "fb.1.1596403881668.1116446470" }],
        }),
      });
      expectOneEvent(byWebhook(writeJson(record.payload)), await byAdmin(record.id));
    }
  });

  it.each([
    ["a tip", [{ price: "5.00", tip: {} }], 1],
    [
      "two tips",
      [
        { price: "2.00", tip: {} },
        { price: "3.00", tip: {} },
      ],
      1,
    ],
    ["a custom item", [{ price: "5.00" }], 2],
    ["a tip and a custom item at its price", [{ price: "5.00" }, { price: "5.00", tip: {} }], 2],
    [
      "a tip, and custom items at other prices",
      [{ price: "5.01" }, { price: "4.99" }, { price: "5.00", tip: {} }],
      3,
    ],
    [
      "a tip and a gift card at its price",
      [
        { price: "5.00", gift_card: true },
        { price: "5.00", tip: {} },
      ],
      2,
    ],
    [
      "a tip and a custom item with SKU at its price",
      [
        { price: "5.00", sku: "S" },
        { price: "5.00", tip: {} },
      ],
      2,
    ],
  ] as const)("counts pieces alike: %s", async (_name, more, pieces) => {
    const text = readFileSync("tests/orders/field/04_website_without_user_agent.json", "utf8");
    const order = JSON.parse(text) as { line_items: object[] };
    const lines = more.map((line) => ({ quantity: 1, product_id: null, variant_id: null, ...line }));
    const record = adopt(JSON.stringify({ ...order, line_items: [...order.line_items, ...lines] }, null, 1));
    const [webhook, admin] = [byWebhook(writeJson(record.payload)), await byAdmin(record.id)];
    expectOneEvent(webhook, admin);
    const { conversion } = outcomeOf(admin, SETTINGS[0] ?? {}, webhook.updatedAt ?? 0);
    expect(conversion.purchase.num_items).toBe(pieces);
  });

  it("reads an order that a part was refunded of at what is left", async () => {
    const text = readFileSync("tests/orders/field/04_website_without_user_agent.json", "utf8");
    const order = JSON.parse(text) as { line_items: [object] };
    const [line] = order.line_items;
    const left = { amount: "12.00", currency_code: "USD" };
    const record = adopt(
      JSON.stringify(
        {
          ...order,
          financial_status: "partially_refunded",
          total_price: "20.00",
          current_total_price: "12.00",
          current_total_price_set: { shop_money: left, presentment_money: left },
          line_items: [line, { ...line, sku: "B", quantity: 2, current_quantity: 0 }],
        },
        null,
        1,
      ),
    );
    const [webhook, admin] = [byWebhook(writeJson(record.payload)), await byAdmin(record.id)];
    expectOneEvent(webhook, admin);
    const { conversion } = outcomeOf(admin, {}, webhook.updatedAt ?? 0);
    expect(conversion.purchase).toMatchObject({ value: 12, num_items: 1 });
  });

  it("has a reason for each order that it leaves out", () => {
    const names = FILES.map(({ name }) => name);
    expect(Object.keys(NO_SUCH_ORDER).every((name) => names.includes(name))).toBe(true);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IMPORT_DISTANCE_MS, kindOfSale } from "./kind-of-sale.ts";
import type { SaleKind } from "../model.ts";
import { parseOrderValue } from "./parse-order.ts";

const TOKEN = "00000000000000000000000000000901";
const CREATED = "2025-10-24T06:52:58Z";

/** The kind of a webhook's order, read from JSON as it comes. */
function kindOf(order: Readonly<Record<string, unknown>>): SaleKind {
  const parsed = parseOrderValue({ id: 1, created_at: CREATED, processed_at: CREATED, ...order });
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return kindOfSale(parsed.order);
}

const plan = (fields: Readonly<Record<string, unknown>>) => ({ line_items: [{ quantity: 1 }, fields] });
const PLAN = plan({ quantity: 1, selling_plan_id: 690000000001 });

describe("source names and app IDs", () => {
  test.each<readonly [string | number | null, number | null, string | null, SaleKind]>([
    ["web", 580111, TOKEN, "web"],
    ["web", null, null, "web"],
    [" WEB ", null, TOKEN, "web"],
    ["www", null, TOKEN, "web"],
    ["checkout_next", 580111, TOKEN, "web"],
    ["Checkout_Next", null, TOKEN, "web"],
    ["Online Store", null, TOKEN, "web"],
    ["580111", 580111, TOKEN, "web"],
    [580111, null, TOKEN, "web"],
    ["gid://shopify/App/580111", null, TOKEN, "web"],
    ["checkout_of_next_year", 580111, TOKEN, "web"],
    ["my-importer", 580111, null, "other"],
    ["pos", 129785, null, "pos"],
    ["POS", null, null, "pos"],
    ["iphone", null, null, "pos"],
    ["Android", null, null, "pos"],
    ["129785", null, null, "pos"],
    ["shopify_draft_order", 1354745, TOKEN, "draft"],
    ["Shopify Draft Order", null, null, "draft"],
    ["1354745", null, null, "draft"],
    ["subscription_contract", 294517, null, "subscription_renewal"],
    ["subscription_contract_checkout_one", 580111, null, "subscription_renewal"],
    ["subscription_contract_checkout_one", 4877949, TOKEN, "subscription_renewal"],
    ["subscription_contract_of_next_year", null, null, "subscription_renewal"],
    ["294517", 294517, null, "subscription_renewal"],
    ["Recharge", null, null, "subscription_renewal"],
    ["12875497473", 12875497473, TOKEN, "headless"],
    ["hydrogen", 12875497473, TOKEN, "headless"],
    ["3041525761", 3041525761, null, "other"],
    ["amazon-us", 1, null, "other"],
    [null, 580111, TOKEN, "web"],
    [null, 129785, null, "pos"],
    [null, 1354745, null, "draft"],
    [null, 3041525761, null, "other"],
    [null, 3041525761, TOKEN, "headless"],
    [null, null, null, "other"],
    ["", null, null, "other"],
  ])("%j, app %j, checkout %j → %s", (source_name, app_id, checkout_token, kind) => {
    expect(kindOf({ source_name, app_id, checkout_token })).toBe(kind);
  });
});

describe("subscriptions", () => {
  const web = { source_name: "web", app_id: 580111, checkout_token: TOKEN };
  const app = { source_name: "294517", app_id: 294517, checkout_token: null };
  const unknownApp = { source_name: "5559", app_id: 5559, checkout_token: null };
  test.each<readonly [string, Readonly<Record<string, unknown>>, SaleKind]>([
    ["a selling plan at the web checkout", { ...web, ...PLAN }, "subscription_first"],
    [
      "its allocation",
      { ...web, ...plan({ selling_plan_allocation: { selling_plan: { id: 1 } } }) },
      "subscription_first",
    ],
    ["at a headless checkout", { ...unknownApp, checkout_token: TOKEN, ...PLAN }, "subscription_first"],
    ["no selling plan", { ...web, ...plan({ selling_plan_id: null, selling_plan_allocation: null }) }, "web"],
    ["a selling plan without a checkout", { ...unknownApp, ...PLAN }, "subscription_renewal"],
    [
      "a selling plan billed by a contract",
      { ...app, source_name: "subscription_contract", checkout_token: TOKEN, ...PLAN },
      "subscription_renewal",
    ],
    [
      "a first order's tag at the web checkout",
      { ...web, tags: "vip, Subscription First Order" },
      "subscription_first",
    ],
    [
      "a first order of an app's own checkout",
      { ...app, tags: "Subscription First Order" },
      "subscription_first",
    ],
    [
      "a contract whose tag says first",
      { ...app, source_name: "subscription_contract", tags: "Subscription First Order" },
      "subscription_renewal",
    ],
    [
      "a recurring tag, app's own source",
      { ...unknownApp, tags: "Subscription, Subscription Recurring Order" },
      "subscription_renewal",
    ],
    [
      "the same as a list",
      { ...unknownApp, tags: ["Subscription", "Subscription Recurring Order"] },
      "subscription_renewal",
    ],
    ["in another case", { ...unknownApp, tags: "SUBSCRIPTION RECURRING ORDER" }, "subscription_renewal"],
    [
      "with a selling plan at a checkout",
      { ...web, ...PLAN, tags: "appstle_subscription_recurring_order" },
      "subscription_renewal",
    ],
    [
      "both tags at a checkout",
      { ...web, tags: "Subscription First Order, Subscription Recurring Order" },
      "subscription_first",
    ],
    [
      "both tags without one",
      { ...unknownApp, tags: "Subscription First Order, Subscription Recurring Order" },
      "subscription_renewal",
    ],
    [
      "a draft with a recurring tag",
      { source_name: "shopify_draft_order", tags: "recurring order" },
      "subscription_renewal",
    ],
    ["a draft with a selling plan", { source_name: "shopify_draft_order", ...PLAN }, "draft"],
    ["a till's sale on a selling plan", { source_name: "pos", ...PLAN }, "pos"],
    [
      "paid through a subscription app's gateway",
      { ...unknownApp, payment_gateway_names: ["Recharge Payments"] },
      "subscription_renewal",
    ],
    ["the bare word", { ...unknownApp, tags: "Subscription" }, "other"],
  ])("%s → %s", (_name, order, kind) => {
    expect(kindOf(order)).toBe(kind);
  });
});

describe("imports: processed clearly before they were created", () => {
  const imported = { source_name: "1520611", app_id: 1520611, processed_at: "2023-05-01T10:00:00Z" };
  test.each<readonly [string, Readonly<Record<string, unknown>>, SaleKind]>([
    ["years before", imported, "import"],
    ["whatever its source says", { ...imported, source_name: "web", checkout_token: TOKEN }, "import"],
    ["whatever its tags say", { ...imported, tags: "Subscription Recurring Order" }, "import"],
    ["a till that was offline", { ...imported, source_name: "pos" }, "pos"],
    ["no processed_at", { ...imported, processed_at: null }, "other"],
    ["no created_at", { ...imported, created_at: null }, "other"],
    ["processed after it was created", { ...imported, processed_at: "2025-11-24T06:52:58Z" }, "other"],
    ["handed over within a day", { ...imported, processed_at: "2025-10-23T07:00:00Z" }, "other"],
    [
      "paid a month later",
      { source_name: "web", checkout_token: TOKEN, updated_at: "2025-11-24T06:52:58Z" },
      "web",
    ],
  ])("%s → %s", (_name, order, kind) => {
    expect(kindOf(order)).toBe(kind);
  });

  test("the distance alone decides, and its length is a day", () => {
    const at = (distance: number) =>
      kindOfSale({ createdAt: 1e12, processedAt: 1e12 - distance, tags: [], gateways: [], lines: [] });
    expect([at(IMPORT_DISTANCE_MS), at(IMPORT_DISTANCE_MS + 1)]).toStrictEqual(["other", "import"]);
    expect(IMPORT_DISTANCE_MS).toBe(86_400_000);
  });
});

test("cash without any source was taken at a till", () => {
  expect(kindOf({ payment_gateway_names: ["Cash"] })).toBe("pos");
  expect(kindOf({ payment_gateway_names: ["Cash on Delivery (COD)"] })).toBe("other");
});

const tag = fc.constantFrom(
  "Subscription Recurring Order",
  "Subscription First Order",
  "vip",
  "wholesale",
  "recurring order",
  "Subscription",
);
const facts = fc.record({
  source_name: fc.constantFrom(
    "web",
    "pos",
    "294517",
    "5559",
    "shopify_draft_order",
    "subscription_contract",
    "iphone",
  ),
  app_id: fc.constantFrom(null, 580111, 294517, 5559),
  checkout_token: fc.constantFrom(null, TOKEN),
  processed_at: fc.constantFrom(CREATED, "2023-05-01T10:00:00Z"),
  payment_gateway_names: fc.subarray(["Recharge Payments", "cash", "manual"]),
  plans: fc.array(fc.boolean(), { maxLength: 4 }),
  tags: fc.array(tag, { maxLength: 4 }),
});

describe("no order of anything changes the kind", () => {
  test("permuting tags, lines and gateways; the case of names; text or list", () => {
    fc.assert(
      fc.property(
        facts,
        fc.infiniteStream(fc.nat()),
        ({ plans, tags, payment_gateway_names, ...order }, draw) => {
          const shuffle = <T>(list: readonly T[]): T[] =>
            list
              .map((item) => ({ item, place: Number(draw.next().value) }))
              .sort((a, b) => a.place - b.place)
              .map(({ item }) => item);
          const lines = plans.map((isPlan) => ({ selling_plan_id: isPlan ? 7 : null, quantity: 1 }));
          const kind = kindOf({ ...order, tags: tags.join(", "), line_items: lines, payment_gateway_names });
          const other = kindOf({
            ...order,
            source_name: ` ${order.source_name.toUpperCase()} `,
            tags: shuffle(tags).map((each) => ` ${each.toUpperCase()} `),
            line_items: shuffle(lines),
            payment_gateway_names: shuffle(payment_gateway_names).map((each) => each.toUpperCase()),
          });
          expect(other).toBe(kind);
        },
      ),
    );
  });

  test("tags that say nothing of a subscription change nothing", () => {
    fc.assert(
      fc.property(
        facts,
        fc.array(fc.string({ unit: "grapheme", maxLength: 8 })),
        ({ plans, tags, ...order }, noise) => {
          fc.pre(!noise.some((each) => /recur|renew|rebill|subscri/i.test(each)));
          const lines = plans.map((isPlan) => ({ selling_plan_id: isPlan ? 7 : null }));
          expect(kindOf({ ...order, line_items: lines, tags: [...noise, ...tags] })).toBe(
            kindOf({ ...order, line_items: lines, tags }),
          );
        },
      ),
    );
  });
});

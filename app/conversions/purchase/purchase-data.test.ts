import { describe, expect, test } from "vitest";
import { newNotes } from "../mapping-notes.ts";
import { DEFAULT_SETTINGS } from "../settings/settings.ts";
import type { ConversionSettings } from "../settings/settings.ts";
import { parseOrderValue } from "../order/parse-order.ts";
import { buildPurchaseData } from "./purchase-data.ts";

function build(order: Record<string, unknown>, settings: Partial<ConversionSettings> = {}) {
  const parsed = parseOrderValue({ id: 1, ...order });
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const notes = newNotes();
  const data = buildPurchaseData(parsed.order, { ...DEFAULT_SETTINGS, ...settings }, notes);
  return { data, reasons: notes.dropped.map((drop) => `${drop.key}: ${drop.reason}`) };
}

const both = (shop: string, presentment: string) => ({
  shop_money: { amount: shop, currency_code: "USD" },
  presentment_money: { amount: presentment, currency_code: "JPY" },
});
const GOODS = { currency: "USD", current_total_price: "100.00" };

describe("value and currency come from one side", () => {
  const order = {
    ...{ currency: "USD", presentment_currency: "JPY", current_total_price: "10.00" },
    current_total_price_set: both("10.00", "1500"),
  };
  test("shop", () => {
    expect(build(order).data).toMatchObject({ value: 10, currency: "USD" });
  });
  test("presentment", () => {
    expect(build(order, { currencySide: "presentment" }).data).toMatchObject({
      value: 1500,
      currency: "JPY",
    });
  });
  test("presentment where the buyer paid in the shop's currency", () => {
    expect(build(GOODS, { currencySide: "presentment" }).data).toMatchObject({ value: 100, currency: "USD" });
  });
  test("presentment that Shopify does not tell falls back as a whole, and says so", () => {
    const { data, reasons } = build(
      { ...GOODS, presentment_currency: "JPY" },
      { currencySide: "presentment" },
    );
    expect(data).toMatchObject({ value: 100, currency: "USD" });
    expect(reasons).toContain("currency: no_presentment_amount");
  });
});

describe("the four values, taxes on top or included", () => {
  // Goods 80 and shipping 10 before tax, 10 % tax on both: 8 and 1.
  const taxes = { ...GOODS, current_total_price: "99.00", current_total_tax: "9.00" };
  const onTop = {
    ...{ ...taxes, taxes_included: false, current_shipping_price_set: both("10.00", "0") },
    shipping_lines: [{ price: "10.00", tax_lines: [{ price: "1.00" }] }],
  };
  const included = {
    ...{ ...taxes, taxes_included: true, current_shipping_price_set: both("11.00", "0") },
    shipping_lines: [{ price: "11.00", tax_lines: [{ price: "1.00" }] }],
  };
  test.each([
    ["total", 99],
    ["without_tax", 90],
    ["without_shipping", 88],
    ["subtotal", 80],
  ] as const)("%s → %d", (valueBasis, value) => {
    expect(build(onTop, { valueBasis }).data?.value).toBe(value);
    expect(build(included, { valueBasis }).data?.value).toBe(value);
  });

  test("a removed shipping line takes its tax with it", () => {
    const lines = [{ is_removed: true, tax_lines: [{ price: "1.00" }] }];
    const order = { ...GOODS, current_shipping_price_set: both("5.00", "0"), shipping_lines: lines };
    expect(build(order, { valueBasis: "without_shipping" }).data?.value).toBe(95);
  });
});

describe("a value that cannot be known is none", () => {
  test.each([
    [{ current_total_price: "1,234.50", currency: "USD" }, {}, "value: not_an_amount"],
    [{ current_total_price: "NaN", total_price: "10.00", currency: "USD" }, {}, "value: not_an_amount"],
    [{ current_total_price: "10.00" }, {}, "currency: no_currency"],
    [{ current_total_price: "10.00", currency: "dollars" }, {}, "currency: no_currency"],
    [{ ...GOODS, current_total_tax: "NaN" }, { valueBasis: "without_tax" }, "value: not_an_amount"],
    [{ ...GOODS, current_total_tax: {} }, { valueBasis: "without_tax" }, "value: not_an_amount"],
    [{ ...GOODS, current_total_tax: "150.00" }, { valueBasis: "without_tax" }, "value: negative_amount"],
    [{ ...GOODS, current_total_tax: "-5.00" }, { valueBasis: "without_tax" }, "value: negative_amount"],
    [{ ...GOODS, current_total_price: "-0.01" }, {}, "value: negative_amount"],
    [
      { ...GOODS, current_total_price: "-5.00", current_subtotal_price: "20.00" },
      { valueBasis: "subtotal" },
      "value: negative_amount",
    ],
    [{ ...GOODS, current_total_price: "100000000000000" }, {}, "value: amount_too_large"],
    [{ ...GOODS, current_total_price: "99999999999999.995" }, {}, "value: amount_too_large"],
    [
      { ...GOODS, current_total_price: "100000000000000", current_subtotal_price: "20.00" },
      { valueBasis: "subtotal" },
      "value: amount_too_large",
    ],
    [{ ...GOODS, current_total_price: "1e20" }, {}, "value: not_an_amount"],
    [{ ...GOODS, current_total_price: 1e21 }, {}, "value: not_an_amount"],
    [{ ...GOODS, current_total_price: "1e3" }, {}, "value: not_an_amount"],
    [{ ...GOODS, current_total_price: "Infinity" }, {}, "value: not_an_amount"],
    [{ ...GOODS, current_total_price: "9".repeat(30) }, {}, "value: not_an_amount"],
    [{ ...GOODS, current_total_price: "" }, {}, "value: not_an_amount"],
    [{ currency: "USD" }, {}, "value: missing_amount"],
  ] as const)("%j", (order, settings, reason) => {
    const { data, reasons } = build(order, settings);
    expect(data).toBeUndefined();
    expect(reasons).toStrictEqual([reason]);
  });

  test("the greatest amount that the database holds is one", () => {
    expect(build({ ...GOODS, current_total_price: "99999999999999" }).data?.value).toBe(99_999_999_999_999);
  });
  test("an unreadable tax does not spoil a total", () => {
    expect(build({ ...GOODS, current_total_tax: "NaN" }).data?.value).toBe(100);
  });
  test("before current amounts existed, the original one counts", () => {
    expect(build({ total_price: 12.5, currency: "usd" }).data).toMatchObject({
      value: 12.5,
      currency: "USD",
    });
  });
});

describe("contents", () => {
  const line = { product_id: 7, variant_id: 8, sku: "MUG", quantity: 3, price: "10.00" };
  const items = (lines: readonly unknown[], settings: Partial<ConversionSettings> = {}) =>
    build({ ...GOODS, shipping_address: { country_code: "GB" }, line_items: lines }, settings).data;

  test.each([
    ["product", "7", "product_group"],
    ["variant", "8", "product"],
    ["sku", "MUG", "product"],
    ["shopify_catalogue", "shopify_GB_7_8", "product"],
  ] as const)("%s → %s", (contentId, id, type) => {
    const data = items([line], { contentId });
    expect(data).toMatchObject({ content_ids: [id], content_type: type, contents: [{ id }] });
  });

  test("the catalogue's country can be told", () => {
    const data = items([line], { contentId: "shopify_catalogue", catalogueCountry: "US" });
    expect(data?.content_ids).toStrictEqual(["shopify_US_7_8"]);
  });

  test.each([
    ["no discount", {}, 10],
    ["several discounts", { discount_allocations: [{ amount: "3.00" }, { amount: "1.50" }] }, 8.5],
    ["a discount that does not divide", { discount_allocations: [{ amount: "1.00" }] }, 9.67],
    ["fully discounted", { discount_allocations: [{ amount: "30.00" }] }, 0],
    ["older orders: one discount a line", { total_discount: "6.00" }, 8],
    ["pieces removed later", { current_quantity: 1, discount_allocations: [{ amount: "6.00" }] }, 8],
    ["an unreadable price", { price: "1,234.50" }, undefined],
    ["an unreadable discount", { discount_allocations: [{ amount: "NaN" }] }, undefined],
    ["a discount above the price", { discount_allocations: [{ amount: "31.00" }] }, undefined],
    ["a negative discount", { discount_allocations: [{ amount: "-3.00" }] }, undefined],
    ["no price at all", { price: undefined }, undefined],
    ["a price beyond all bounds", { price: "100000000000000" }, undefined],
    ["a discount that says nothing", { discount_allocations: [{ amount: "" }] }, undefined],
  ])("unit price: %s → %s", (_title, change, price) => {
    expect(items([{ ...line, ...change }])?.contents?.[0]?.item_price).toBe(price);
  });

  test("removed lines and tips are left out, custom items are counted but not listed", () => {
    const custom = { quantity: 2, price: "5.00", product_id: null, variant_id: null };
    const tip = { quantity: 1, price: "4.00", tip: {} };
    const data = items([
      line,
      { ...line, current_quantity: 0 },
      custom,
      tip,
      { ...line, product_id: 9, quantity: 1 },
    ]);
    expect(data?.content_ids).toStrictEqual(["7", "9"]);
    expect(data?.num_items).toBe(6);
  });

  test("nothing with an ID: no contents, no content type", () => {
    expect(items([{ quantity: 1, price: "5.00" }])).toStrictEqual({
      ...{ value: 100, currency: "USD", order_id: "1", num_items: 1 },
    });
  });
});

/** The value by each basis, on one side of the money or not at all. Every expected number is worked out by hand. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newNotes } from "../mapping-notes.ts";
import { DEFAULT_SETTINGS } from "../settings/settings.ts";
import type { ValueBasis } from "../model.ts";
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

const usd = (amount: string) => ({
  shop_money: { amount, currency_code: "USD" },
  presentment_money: { amount, currency_code: "USD" },
});
const both = (dollars: string, yen: string) => ({
  shop_money: { amount: dollars, currency_code: "USD" },
  presentment_money: { amount: yen, currency_code: "JPY" },
});
const BASES = ["total", "without_tax", "without_shipping", "subtotal"] as const;

/**
 * Goods 80 after discounts, shipping 10, duties 25, additional fees 4, tip 5; tax 10 %: 8 on goods, 1 on shipping,
 * 2.50 on duties.
 */
const RICH = {
  ...{ currency: "USD", presentment_currency: "USD" },
  ...{ current_total_duties_set: usd("25.00"), current_total_additional_fees_set: usd("4.00") },
  ...{ total_tip_received: "5.00", current_total_tax: "11.50" },
  line_items: [
    {
      ...{ product_id: 7, quantity: 1, price: "80.00", discount_allocations: [] },
      duties: [{ shop_money: { amount: "25.00" }, tax_lines: [{ price: "2.50" }] }],
    },
    { quantity: 1, price: "5.00", tip: {}, discount_allocations: [] },
  ],
};
const ON_TOP = {
  ...{ ...RICH, taxes_included: false, current_total_price: "135.50", current_subtotal_price: "80.00" },
  ...{ current_shipping_price_set: usd("10.00") },
  shipping_lines: [{ price: "10.00", tax_lines: [{ price: "1.00" }] }],
};
const INCLUDED = {
  ...{ ...RICH, taxes_included: true, current_total_price: "135.50", current_subtotal_price: "88.00" },
  ...{ current_shipping_price_set: usd("11.00") },
  shipping_lines: [{ price: "11.00", tax_lines: [{ price: "1.00" }] }],
};
const DUTIES_INCLUDED = { ...ON_TOP, duties_included: true, current_subtotal_price: "105.00" };
const WITHOUT_SUBTOTAL = { ...ON_TOP, current_subtotal_price: undefined };

describe("what each basis holds, with duties, fees, a tip and tax on all but these", () => {
  test.each([
    ["total", 135.5],
    ["without_tax", 124],
    ["without_shipping", 124.5],
    ["subtotal", 80],
  ] as const)("%s → %d", (valueBasis, value) => {
    for (const order of [ON_TOP, INCLUDED, DUTIES_INCLUDED, WITHOUT_SUBTOTAL]) {
      expect(build(order, { valueBasis }).data?.value).toBe(value);
    }
  });

  test.each([
    ["a gift card bought is goods", { current_total_price: "60.00", current_subtotal_price: "60.00" }, 60],
    ["a free order is worth 0", { current_total_price: "0.00", current_subtotal_price: "0.00" }, 0],
    [
      "removed before the payment: the current subtotal",
      { current_total_price: "12.00", subtotal_price: "50.00", current_subtotal_price: "12.00" },
      12,
    ],
    ["before current amounts existed", { total_price: "50.00", subtotal_price: "45.00" }, 45],
  ])("goods only: %s", (_title, order, value) => {
    expect(build({ currency: "USD", ...order }, { valueBasis: "subtotal" }).data?.value).toBe(value);
  });

  test("shipping without a current amount: the lines' discounted prices, not the sum before discounts", () => {
    const order = {
      ...{ currency: "USD", current_total_price: "24.00" },
      total_shipping_price_set: usd("10.00"),
      shipping_lines: [
        { price: "10.00", discounted_price: "4.00" },
        { price: "9.00", is_removed: true },
      ],
    };
    expect(build(order, { valueBasis: "without_shipping" }).data?.value).toBe(20);
  });

  test("tax that is stated in lines alone", () => {
    const order = { currency: "USD", current_total_price: "22.00", tax_lines: [{ price: "2.00" }] };
    expect(build(order, { valueBasis: "without_tax" }).data?.value).toBe(20);
  });
});

describe("an amount that only the other side states", () => {
  const SALE = {
    ...{ currency: "USD", presentment_currency: "JPY", taxes_included: false },
    current_total_price_set: both("22.00", "3300"),
    current_total_tax: "2.00",
  };
  const PRESENTMENT = { valueBasis: "without_tax", currencySide: "presentment" } as const;

  test.each([
    ["is not known", {}, undefined],
    ["is the shop's, where both sides have one currency", {}, 20, "USD"],
    ["is 0 where it is 0", { current_total_tax: "0.00" }, 3300],
    ["follows from the tax lines that add up to it", { tax_lines: lines("1.50", "225", "0.50", "75") }, 3000],
    ["does not follow from lines that do not", { tax_lines: lines("1.50", "225", "0.40", "60") }, undefined],
    [
      "follows from the same original amount",
      { total_tax: "2.00", total_tax_set: both("2.00", "300") },
      3000,
    ],
    [
      "does not follow from another original amount",
      { total_tax: "3.00", total_tax_set: both("3.00", "450") },
      undefined,
    ],
    [
      "is not known in a third currency",
      { current_total_tax_set: { presentment_money: { amount: "2.00", currency_code: "EUR" } } },
      undefined,
    ],
    [
      "is read where its code is in lower case",
      { current_total_tax_set: { presentment_money: { amount: "300", currency_code: "jpy" } } },
      3000,
    ],
    [
      "has the order's currency where it names none",
      { current_total_tax_set: { presentment_money: { amount: "300" } } },
      3000,
    ],
  ] as const)("%s", (_title, change, value, currency: string = "JPY") => {
    const order =
      currency === "USD"
        ? { ...SALE, presentment_currency: "USD", current_total_price_set: usd("22.00"), ...change }
        : { ...SALE, ...change };
    const { data, reasons } = build(order, PRESENTMENT);
    if (value === undefined) {
      expect(data).toBeUndefined();
      expect(reasons).toHaveLength(1);
      expect(reasons[0]).toMatch(/^value: (no_presentment_amount|other_currency)$/);
    } else {
      expect(data).toMatchObject({ value, currency });
    }
  });

  test("the shop's side is held to the same rule", () => {
    const order = {
      ...{ currency: "USD", presentment_currency: "JPY", current_total_price: "22.00" },
      current_total_tax_set: { presentment_money: { amount: "300", currency_code: "JPY" } },
    };
    expect(build(order, { valueBasis: "without_tax" })).toStrictEqual({
      data: undefined,
      reasons: ["value: no_shop_amount"],
    });
  });

  test("a unit price or discount of the other side is left out, the rest stays", () => {
    const line = { product_id: 7, quantity: 1, price: "20.00", discount_allocations: [] };
    const discounted = { ...line, price_set: both("20.00", "3000"), discount_allocations: [{ amount: "2" }] };
    const { data, reasons } = build(
      { ...SALE, line_items: [line, discounted] },
      {
        ...PRESENTMENT,
        valueBasis: "total",
      },
    );
    expect(data).toMatchObject({
      value: 3300,
      contents: [
        { id: "7", quantity: 1 },
        { id: "7", quantity: 1 },
      ],
    });
    expect(data?.contents?.map((item) => item.item_price)).toStrictEqual([undefined, undefined]);
    expect(reasons).toStrictEqual([
      "contents.item_price: no_presentment_amount",
      "contents.item_price: no_presentment_amount",
    ]);
  });

  test("goods only without a subtotal: a tip is read on the buyer's side from its line", () => {
    const order = {
      ...{ ...SALE, total_tip_received: "4.00", current_total_tax_set: both("2.00", "300") },
      current_total_price_set: both("26.00", "3900"),
    };
    const tip = { quantity: 1, price: "4.00", tip: {} };
    const settings = { valueBasis: "subtotal", currencySide: "presentment" } as const;
    expect(build({ ...order, line_items: [tip] }, settings).data).toBeUndefined();
    const told = { ...tip, price_set: both("4.00", "600") };
    expect(build({ ...order, line_items: [told] }, settings).data).toMatchObject({ value: 3000 });
  });

  test("an amount is in the currency that it says, not in the order's", () => {
    const order = { ...SALE, presentment_currency: "EUR", current_total_tax_set: both("2.00", "300") };
    expect(build(order, PRESENTMENT).data).toMatchObject({ value: 3000, currency: "JPY" });
    const shop = { ...SALE, current_total_price: "22.00", current_total_price_set: both("30.00", "3300") };
    expect(build({ ...shop, currency: "CAD" }, { valueBasis: "total" }).data).toMatchObject({
      value: 22,
      currency: "CAD",
    });
  });
});

function lines(...amounts: readonly [string, string, string, string]) {
  const [one, oneYen, two, twoYen] = amounts;
  return [
    { price: one, price_set: both(one, oneYen) },
    { price: two, price_set: both(two, twoYen) },
  ];
}

/**
 * One amount in dollars and yen at 150 to the dollar (whole dollars, so that both are exact), told in any of the ways
 * that Shopify's payloads have: plain, as a set of both, or as a set of one.
 */
function told(key: string, dollars: number, way: number): Record<string, unknown> {
  const shop = { amount: `${dollars}.00`, currency_code: "USD" };
  const presentment = { amount: String(dollars * 150), currency_code: "JPY" };
  const plain = { [key]: shop.amount };
  return (
    [
      { ...plain, [`${key}_set`]: { shop_money: shop, presentment_money: presentment } },
      plain,
      { ...plain, [`${key}_set`]: null },
      { [`${key}_set`]: { shop_money: shop } },
      { [`${key}_set`]: { presentment_money: presentment } },
      { ...plain, [`${key}_set`]: { shop_money: null, presentment_money: presentment } },
    ][way] ?? {}
  );
}

test("whatever Shopify leaves out: the right value of one currency, or none", () => {
  const amount = fc.nat({ max: 500 });
  const way = fc.nat({ max: 5 });
  const ways = fc.record({
    total: way,
    subtotal: way,
    tax: way,
    shipping: way,
    shippingTax: way,
    duties: way,
  });
  fc.assert(
    fc.property(
      fc.record({ goods: amount, tax: amount, shipping: fc.integer({ min: 1, max: 99 }), duties: amount }),
      fc.record({ included: fc.boolean(), dutiesIncluded: fc.boolean(), ways }),
      fc.constantFrom(...BASES),
      fc.constantFrom("shop" as const, "presentment" as const),
      (sale, { included, dutiesIncluded, ways: how }, valueBasis: ValueBasis, currencySide) => {
        const shippingTax = 2;
        const allTax = sale.tax + shippingTax;
        const total = sale.goods + sale.shipping + sale.duties + allTax;
        const truth = {
          total,
          without_tax: sale.goods + sale.shipping + sale.duties,
          without_shipping: sale.goods + sale.duties + sale.tax,
          subtotal: sale.goods,
        }[valueBasis];
        const subtotal = sale.goods + (included ? sale.tax : 0) + (dutiesIncluded ? sale.duties : 0);
        const order = {
          ...{ currency: "USD", presentment_currency: "JPY" },
          ...{ taxes_included: included, duties_included: dutiesIncluded },
          ...told("current_total_price", total, how.total),
          ...told("current_subtotal_price", subtotal, how.subtotal),
          ...told("current_total_tax", allTax, how.tax),
          ...told("current_shipping_price", sale.shipping + (included ? shippingTax : 0), how.shipping),
          ...told("current_total_duties", sale.duties, how.duties),
          shipping_lines: [{ tax_lines: [told("price", shippingTax, how.shippingTax)] }],
        };
        const { data } = build(order, { valueBasis, currencySide });
        if (data === undefined) return;
        expect(data.value).toBe(data.currency === "JPY" ? truth * 150 : truth);
        if (currencySide === "shop") expect(data.currency).toBe("USD");
      },
    ),
    { numRuns: 1_000 },
  );
});

import { describe, expect, it } from "vitest";

import { parseOrderValue } from "../../conversions/order/parse-order.ts";
import { orderFromGraphql, paidAtOf } from "./order-from-graphql.ts";

const money = (amount: string, presentment = amount) => ({
  shopMoney: { amount, currencyCode: "EUR" },
  presentmentMoney: { amount: presentment, currencyCode: "GBP" },
});

/** As READ_ORDER answers, with the values that stand in the expectations below. */
const ORDER = {
  legacyResourceId: "6100000000001",
  name: "#1001",
  number: 1001,
  checkoutToken: "c-token",
  test: false,
  sourceName: "web",
  app: { id: "gid://shopify/App/580111" },
  createdAt: "2026-06-10T10:00:00Z",
  processedAt: "2026-06-10T10:00:01Z",
  updatedAt: "2026-06-14T09:00:00Z",
  displayFinancialStatus: "PAID",
  email: "buyer@example.com",
  phone: null,
  clientIp: "203.0.113.5",
  customerLocale: "en-GB",
  currencyCode: "EUR",
  presentmentCurrencyCode: "GBP",
  taxesIncluded: true,
  dutiesIncluded: true,
  statusPageUrl: "https://shop.example/1/orders/abc",
  currentTotalPriceSet: money("24.00", "20.40"),
  currentSubtotalPriceSet: money("18.00", "15.30"),
  currentTotalTaxSet: money("4.00", "3.40"),
  currentTotalDutiesSet: money("2.00", "1.70"),
  currentTotalAdditionalFeesSet: money("0.50", "0.43"),
  totalTipReceivedSet: money("0.50", "0.42"),
  currentShippingPriceSet: money("5.00", "4.25"),
  shippingLines: { nodes: [{ isRemoved: false, taxLines: [{ priceSet: money("0.83", "0.71") }] }] },
  customAttributes: [
    { key: "_fbp", value: "fb.1.1.2" },
    { key: "gift", value: null },
  ],
  billingAddress: {
    firstName: "Ada",
    lastName: "Doe",
    zip: "SW1A 1AA",
    city: "London",
    countryCodeV2: "GB",
    provinceCode: "ENG",
  },
  shippingAddress: null,
  customer: {
    legacyResourceId: "7000000000001",
    firstName: "Ada",
    lastName: "Doe",
    dataSaleOptOut: true,
    defaultEmailAddress: { emailAddress: "ada@example.com" },
    defaultPhoneNumber: null,
    defaultAddress: null,
  },
  customerJourneySummary: {
    firstVisit: { landingPage: "https://shop.example/?fbclid=first" },
    lastVisit: { landingPage: "https://shop.example/products/mug" },
  },
  transactions: [
    { kind: "AUTHORIZATION", status: "SUCCESS", processedAt: "2026-06-10T10:00:02Z" },
    { kind: "CAPTURE", status: "FAILURE", processedAt: "2026-06-14T10:00:00Z" },
    { kind: "CAPTURE", status: "SUCCESS", processedAt: "2026-06-14T08:59:59Z" },
  ],
  lineItems: {
    nodes: [
      {
        product: { legacyResourceId: "8000000000001" },
        variant: null,
        sku: "MUG",
        quantity: 2,
        currentQuantity: 1,
        originalUnitPriceSet: money("10.00", "8.50"),
        discountAllocations: [{ allocatedAmountSet: money("1.00", "0.85") }],
        duties: [{ taxLines: [{ priceSet: money("0.33", "0.28") }] }],
      },
    ],
  },
};

describe("an order from Admin GraphQL", () => {
  it("reads as the webhook's order does", () => {
    const parsed = parseOrderValue(orderFromGraphql(ORDER));
    const both = (shop: string, presentment: string) => ({
      shop: { amount: shop, currency: "EUR" },
      presentment: { amount: presentment, currency: "GBP" },
    });
    expect(parsed).toMatchObject({
      ok: true,
      order: {
        id: "6100000000001",
        orderNumber: "1001",
        name: "#1001",
        checkoutToken: "c-token",
        test: false,
        sourceName: "web",
        appId: "580111",
        createdAt: Date.parse("2026-06-10T10:00:00Z"),
        processedAt: Date.parse("2026-06-10T10:00:01Z"),
        paidAt: Date.parse("2026-06-14T08:59:59Z"),
        email: "buyer@example.com",
        browserIp: "203.0.113.5",
        customerLocale: "en-GB",
        currency: "EUR",
        presentmentCurrency: "GBP",
        taxesIncluded: true,
        dutiesIncluded: true,
        subtotal: both("18.00", "15.30"),
        duties: both("2.00", "1.70"),
        dutyTaxes: [both("0.33", "0.28")],
        fees: both("0.50", "0.43"),
        tips: both("0.50", "0.42"),
        total: both("24.00", "20.40"),
        tax: both("4.00", "3.40"),
        shippingPrice: both("5.00", "4.25"),
        shippingTaxes: [both("0.83", "0.71")],
        attributes: new Map([["_fbp", "fb.1.1.2"]]),
        landingSite: "/?fbclid=first",
        billing: { firstName: "Ada", countryCode: "GB", provinceCode: "ENG", zip: "SW1A 1AA" },
        customer: { id: "7000000000001", email: "ada@example.com", dataSaleOptOut: true },
        lines: [
          {
            productId: "8000000000001",
            sku: "MUG",
            quantity: 2,
            currentQuantity: 1,
            price: both("10.00", "8.50"),
            discounts: [both("1.00", "0.85")],
          },
        ],
      },
    });
    expect(parsed.ok && "userAgent" in parsed.order).toBe(false);
    expect(parsed.ok && "shipping" in parsed.order).toBe(false);
  });

  it("reads as far as it goes where protected fields were withheld", () => {
    const parsed = parseOrderValue(
      orderFromGraphql({ ...ORDER, email: null, billingAddress: null, customer: null }),
    );
    expect(parsed).toMatchObject({
      ok: true,
      order: { id: "6100000000001", total: { shop: { amount: "24.00" } } },
    });
  });

  it("was paid at its last successful payment, or when it was placed if it cost nothing", () => {
    expect(paidAtOf(ORDER)).toBe(Date.parse("2026-06-14T08:59:59Z"));
    expect(paidAtOf({ ...ORDER, transactions: [] })).toBe(Date.parse("2026-06-10T10:00:01Z"));
    expect(paidAtOf({})).toBeUndefined();
  });
});

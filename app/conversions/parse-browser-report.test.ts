import { describe, expect, test } from "vitest";
import { parseBrowserReport } from "./parse-browser-report.ts";

const ENVELOPE = { v: 1, shop: "example.myshopify.com", checkoutToken: "abc123" };

function read(body: Record<string, unknown>): unknown {
  const parsed = parseBrowserReport({ ...ENVELOPE, ...body });
  return parsed.ok ? parsed.received.report : parsed.message;
}

const REPORT = { checkoutToken: "abc123", consent: {} };

test("a full report is taken as it is, with what the server saw itself", () => {
  const body = {
    ...ENVELOPE,
    ...{
      orderId: "gid://shopify/OrderIdentity/5210499102",
      fbp: "fb.1.1758805031025.6",
      fbc: "fb.1.1758805031025.aB",
    },
    ...{ consent: { marketing: true, analytics: true, preferences: false, saleOfData: true, other: 1 } },
    ...{
      userAgent: "Mozilla/5.0",
      pageUrl: "https://shop.example.com/",
      clientTime: 1761288777123,
      eventId: "sh-1",
    },
  };
  expect(parseBrowserReport(body, { ip: "203.0.113.1", receivedAt: 1761288778000 })).toStrictEqual({
    ok: true,
    received: {
      shop: "example.myshopify.com",
      shopifyEventId: "sh-1",
      report: {
        ...{
          orderId: "5210499102",
          checkoutToken: "abc123",
          fbp: "fb.1.1758805031025.6",
          fbc: "fb.1.1758805031025.aB",
        },
        consent: { marketing: true, analytics: true, preferences: false, saleOfData: true },
        ...{ userAgent: "Mozilla/5.0", pageUrl: "https://shop.example.com/", clientTime: 1761288777123 },
        ...{ ip: "203.0.113.1", receivedAt: 1761288778000 },
      },
    },
  });
});

test("what a database cannot keep reads as absent, and in the shop's name as no report", () => {
  expect(read({ fbp: "fb.1.1758805031025.6\u0000", userAgent: "\ud800", eventId: "a\udc00" })).toEqual(
    REPORT,
  );
  expect(read({ shop: "\u0000" })).toBe("not a browser report: shop");
  expect(read({ shop: "\ud800.myshopify.com" })).toBe("not a browser report: shop");
});

describe("whether it is the customer's first order", () => {
  test.each([
    [true, { isFirstOrder: true }],
    [false, { isFirstOrder: false }],
    [null, {}],
    [undefined, {}],
    ["true", {}],
    [1, {}],
  ])("%j → %j", (isFirstOrder, expected) => {
    expect(read({ isFirstOrder })).toStrictEqual({ ...REPORT, ...expected });
  });
});

describe("the order ID is the digits at the end, or absent", () => {
  test.each([
    ["5210499102", "5210499102"],
    ["gid://shopify/OrderIdentity/5210499102", "5210499102"],
    ["gid://shopify/Order/820982911946154508", "820982911946154508"],
    [5210499102, "5210499102"],
    [null, undefined],
    ["", undefined],
    ["abc", undefined],
    ["12a", undefined],
    [{ id: 1 }, undefined],
    [1.5, undefined],
  ])("%j → %s", (orderId, expected) => {
    expect(read({ orderId })).toStrictEqual({
      ...REPORT,
      ...(expected !== undefined && { orderId: expected }),
    });
  });
});

describe("one odd value does not cost the report", () => {
  test.each([
    { fbp: 5 },
    { fbp: "" },
    { fbc: null },
    { userAgent: "x".repeat(2000) },
    { clientTime: "soon" },
    { clientTime: -1 },
    { consent: null },
    { consent: "yes" },
    { consent: { marketing: "true" } },
    { pageUrl: {} },
    { ip: "203.0.113.9" },
  ])("%j", (odd) => {
    expect(read(odd)).toStrictEqual(REPORT);
  });
});

describe("without what joins it to an order it is none", () => {
  test.each([
    [{ v: 2 }, "not a browser report: v"],
    [{ shop: 7 }, "not a browser report: shop"],
    [{ checkoutToken: undefined }, "not a browser report: checkoutToken"],
    [{ checkoutToken: "" }, "not a browser report: checkoutToken"],
    [{ checkoutToken: "x".repeat(300) }, "not a browser report: checkoutToken"],
    [{ checkoutToken: "a\u0000b" }, "not a browser report: checkoutToken"],
  ])("%j", (broken, message) => {
    expect(read(broken)).toBe(message);
  });

  test.each([null, [], "x", 1, undefined])("%j", (value) => {
    expect(parseBrowserReport(value)).toStrictEqual({ ok: false, message: "not a browser report: report" });
  });
});

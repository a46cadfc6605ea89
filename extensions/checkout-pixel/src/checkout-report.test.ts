import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkoutCompleted } from "../../../tests/extensions/fake-checkout.ts";
import { makeCheckoutReport } from "./checkout-report.ts";

const ALLOWED = { marketing: true, analytics: true, preferences: true, saleOfData: false };

describe("what the app is told", () => {
  it("is everything that only the browser knows", () => {
    const report = makeCheckoutReport(checkoutCompleted(), "hats.myshopify.com", ALLOWED, {
      fbp: "fb.1.1.2",
    });
    expect(report).toEqual({
      v: 1,
      shop: "hats.myshopify.com",
      orderId: "6100000000001",
      checkoutToken: "bd5a8aa1ecd019dd3520ff791ee3a24c",
      consent: ALLOWED,
      fbp: "fb.1.1.2",
      userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0",
      pageUrl: "https://hats.example/checkouts",
      clientTime: Date.UTC(2026, 8, 3, 10, 0, 0),
      eventId: "sh-0001",
    });
  });

  it.each([
    ["a bare number", { id: "6100000000001" }, "6100000000001"],
    [
      "a gid",
      { id: "gid://shopify/OrderIdentity/6100000000001" },
      "gid://shopify/OrderIdentity/6100000000001",
    ],
    ["no ID yet", { id: null }, null],
    ["no order yet", null, null],
  ])("names the order as Shopify does: %s", (_name, order, expected) => {
    const report = makeCheckoutReport(checkoutCompleted({ order }), "s", ALLOWED, {});
    expect(report?.orderId).toBe(expected);
  });

  it.each([
    ["their first order", { isFirstOrder: true }, true],
    ["not their first", { isFirstOrder: false }, false],
    ["not known", { isFirstOrder: null }, undefined],
    ["an older event", {}, undefined],
    ["nobody", null, undefined],
  ])("says of the customer what Shopify says: %s", (_name, customer, expected) => {
    const event = checkoutCompleted({ order: { id: "1", customer } });
    expect(makeCheckoutReport(event, "s", ALLOWED, {})?.isFirstOrder).toBe(expected);
    const refused = makeCheckoutReport(event, "s", { marketing: false }, {});
    expect(refused && "isFirstOrder" in refused).toBe(false);
  });

  it("leaves absent what is absent", () => {
    const event = { ...checkoutCompleted(), id: "", timestamp: "never" };
    const bare = {
      ...event,
      context: { document: { location: { href: "" } }, navigator: { userAgent: "" } },
    };
    expect(Object.keys(makeCheckoutReport(bare, "s", ALLOWED, {}) ?? {})).toEqual([
      "v",
      "shop",
      "orderId",
      "checkoutToken",
      "consent",
    ]);
  });

  it("fits into 8192 bytes whatever the page's address and the browser's name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 9000 }), fc.nat(9000), (userAgent, length) => {
        const event = checkoutCompleted();
        const context = {
          document: { location: { href: `https://a.example/${"p".repeat(length)}` } },
          navigator: { userAgent },
        };
        const identifiers = { fbp: "x".repeat(1000), fbc: "y".repeat(1000) };
        const report = makeCheckoutReport({ ...event, context }, "s".repeat(255), ALLOWED, identifiers);
        return new TextEncoder().encode(JSON.stringify(report)).length <= 8192;
      }),
    );
  });
});

/** The pixel and the app were written apart: what one sends, the other must read in full. */
import { expect, it } from "vitest";
import { sanitisePageUrl } from "#app/conversions/purchase/event-source-url.ts";
import { parseBrowserReport } from "#app/conversions/parse-browser-report.ts";
import { readConsentAttribute } from "#app/conversions/consent/decide-consent.ts";
import { consentCode } from "../../extensions/contract/consent-flags.ts";
import { makeCheckoutReport } from "../../extensions/checkout-pixel/src/checkout-report.ts";
import { pageAddress } from "../../extensions/checkout-pixel/src/page-address.ts";
import { checkoutCompleted } from "./fake-checkout.ts";

const CONSENT = { marketing: true, analytics: false, preferences: true, saleOfData: false };
const IDENTIFIERS = { fbp: "fb.1.1761288000000.1098115397", fbc: "fb.1.1761288000000.IwAR0_a-Z" };

it("the app reads every value of the pixel's report", () => {
  const report = makeCheckoutReport(checkoutCompleted(), "hats.myshopify.com", CONSENT, IDENTIFIERS);
  expect(parseBrowserReport(report)).toEqual({
    ok: true,
    received: {
      shop: "hats.myshopify.com",
      shopifyEventId: "sh-0001",
      report: {
        orderId: "6100000000001",
        checkoutToken: "bd5a8aa1ecd019dd3520ff791ee3a24c",
        consent: CONSENT,
        ...IDENTIFIERS,
        userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0",
        pageUrl: "https://hats.example/checkouts",
        clientTime: Date.UTC(2026, 8, 3, 10, 0, 0),
      },
    },
  });
});

it("the app reads a refusal that names no buyer", () => {
  const refusal = makeCheckoutReport(checkoutCompleted(), "s", { marketing: false }, {});
  expect(parseBrowserReport(refusal)).toMatchObject({
    ok: true,
    received: { report: { consent: { marketing: false } } },
  });
});

it("both sides cut a page's address alike, so that both copies name one page", () => {
  for (const path of [
    "/checkouts/cn/Z2N/thank-you?key=1",
    "/en/checkouts/cn/x",
    "/69/orders/5a7d1bb2c9",
    "/products/hat?v=1",
  ]) {
    const href = `https://hats.example${path}`;
    expect(pageAddress(href)).toBe(sanitisePageUrl(href));
  }
});

it.each([CONSENT, { marketing: false, saleOfData: true }, { marketing: true }])(
  "the cart's consent reads back: %j",
  (flags) => {
    expect(readConsentAttribute(consentCode(flags))).toEqual(flags);
  },
);

/**
 * Every order shape with the event that it must become. The orders stand beside this file, the expected events in
 * expected/: written by hand from Meta's and Shopify's documents, their hashes made with sha256sum.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface OrderCase {
  /** Also the name of the file in expected/. */
  readonly name: string;
  /** File beside this one. */
  readonly order: string;
  /** As in `--settings`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** As the web pixel posts it to /pixel/checkout. */
  readonly report?: Readonly<Record<string, unknown>>;
  /** ISO 8601; absent = the order's own `updated_at`. */
  readonly now?: string;
}

const FIXTURE_01 = "01_web_usd_discount_fbp_noteattrs.json";
const FIXTURE_02 = "02_web_multicurrency_eur_gbp_giftcard_ipv6.json";
const FIXTURE_04 = "04_draft_order_pkr_manual_prefix.json";
const YEN = "13_multicurrency_jpy_taxes_included.json";

export const ORDER_CASES: readonly OrderCase[] = [
  { name: "01_default", order: FIXTURE_01 },
  { name: "02_default", order: FIXTURE_02 },
  {
    name: "02_merchant",
    order: FIXTURE_02,
    settings: { consentPolicy: "merchant", contentId: "sku", eventIdRule: "order_id" },
  },
  {
    name: "02_reported_presentment",
    order: FIXTURE_02,
    settings: { currencySide: "presentment", contentId: "shopify_catalogue" },
    report: {
      v: 1,
      shop: "example.myshopify.com",
      orderId: "gid://shopify/OrderIdentity/11900000000001",
      checkoutToken: "00000000000000000000000000000002",
      fbp: "fb.1.1761600000000.1234567890.AQQCAQMC",
      fbc: "fb.1.1761664000123.PAZXh0bgNhZW0BMABhZGlk_aem_Case-Kept",
      consent: { marketing: true, analytics: false, preferences: false, saleOfData: true },
      userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15",
      pageUrl:
        "https://shop.example.com/checkouts/cn/Z2NwLXVzLWVhc3QxOjAx/thank-you?key=SECRET&email=x%40y.example",
      clientTime: 1761664664321,
    },
  },
  { name: "04_default", order: FIXTURE_04 },
  { name: "10_pos_usd", order: "10_pos_usd.json", now: "2025-09-10T12:00:00Z" },
  { name: "10_pos_too_old", order: "10_pos_usd.json", now: "2025-10-03T12:00:00Z" },
  { name: "11_default", order: "11_subscription_renewal.json" },
  {
    name: "11_switched_on",
    order: "11_subscription_renewal.json",
    settings: { sources: { subscription: true }, contentId: "variant" },
  },
  { name: "12_default", order: "12_draft_invoice_custom_item.json" },
  {
    name: "12_reported",
    order: "12_draft_invoice_custom_item.json",
    report: {
      v: 1,
      shop: "example.myshopify.com",
      orderId: null,
      checkoutToken: "0000000000000000000000058c3f7684",
      consent: {},
      fbp: "fb.1.1759400000000.99",
      userAgent: "Mozilla/5.0 (Linux; Android 15) Chrome/140.0.0.0 Mobile",
      clientTime: 1893456000000,
    },
  },
  {
    name: "13_presentment_total",
    order: YEN,
    settings: { currencySide: "presentment", contentId: "variant" },
  },
  ...(["without_tax", "without_shipping", "subtotal"] as const).map((valueBasis) => ({
    name: `13_presentment_${valueBasis}`,
    order: YEN,
    settings: { currencySide: "presentment", contentId: "variant", valueBasis },
  })),
  { name: "13_shop_subtotal", order: YEN, settings: { valueBasis: "subtotal", contentId: "sku" } },
  { name: "14_refund_before_capture", order: "14_refund_before_capture.json" },
  {
    name: "15_company_without_tax",
    order: "15_company_b2b_eur.json",
    settings: { valueBasis: "without_tax" },
  },
  { name: "16_giftcard_tip_kwd", order: "16_giftcard_tip_kwd.json" },
  { name: "17_sale_refused_california", order: "17_sale_refused_california.json" },
  { name: "18_order_id", order: "18_id_above_2_53.json", settings: { eventIdRule: "order_id" } },
  { name: "19_test_order", order: "19_test_order.json" },
  { name: "20_consent_refused_us", order: "20_consent_refused_us.json" },
  { name: "21_bad_fields", order: "21_bad_fields.json" },
  { name: "22_unreadable_total", order: "22_unreadable_total.json" },
  { name: "23_country_only", order: "23_country_only.json" },
  { name: "24_no_time", order: "24_no_time.json" },
];

/** @param file relative to this folder */
export function readOrderFile(file: string): string {
  return readFileSync(fileURLToPath(new URL(file, import.meta.url)), "utf8");
}

/** `{ event }` or `{ skipped }`. */
export function readExpected(name: string): unknown {
  return JSON.parse(readOrderFile(`expected/${name}.json`));
}

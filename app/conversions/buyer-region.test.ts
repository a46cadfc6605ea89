import { describe, expect, test } from "vitest";
import { readBuyerRegion } from "./buyer-region.ts";
import { parseOrderValue } from "./parse-order.ts";

function regionOf(order: Record<string, unknown>): unknown {
  const parsed = parseOrderValue({ id: 1, ...order });
  return parsed.ok ? readBuyerRegion(parsed.order) : parsed;
}

const to = (country_code: string, province_code?: string) => ({ country_code, province_code });

describe("whose law protects the buyer", () => {
  test.each([
    ["the shipping address", { shipping_address: to("JP") }, { country: "JP" }],
    [
      "any address in the consent region",
      { shipping_address: to("US", "NY"), billing_address: to("DE") },
      { country: "DE" },
    ],
    [
      "also that of the customer record",
      { billing_address: to("US", "NY"), customer: { default_address: to("CH") } },
      { country: "CH" },
    ],
    [
      "of US states the one with an opt-out law",
      { shipping_address: to("US", "NY"), billing_address: to("US", "CA") },
      { country: "US", region: "CA" },
    ],
    [
      "a state by its name",
      { billing_address: { country_code: "US", province: "Texas" } },
      { country: "US", region: "TX" },
    ],
    [
      "the US before another country",
      { shipping_address: to("JP"), billing_address: to("US") },
      { country: "US" },
    ],
    ["without address the locale's region", { customer_locale: "en-IE", currency: "USD" }, { country: "IE" }],
    ["a locale with a script", { customer_locale: "zh-Hant-TW" }, { country: "TW" }],
    [
      "a locale outside of the region beats the currency",
      { customer_locale: "en-US", currency: "EUR" },
      { country: "US" },
    ],
    [
      "without region in the locale the currency",
      { customer_locale: "en", currency: "SEK" },
      { country: "SE" },
    ],
    ["the euro has no one country", { customer_locale: "fr", currency: "EUR" }, { country: "EU" }],
    ["the buyer's currency, not the shop's", { currency: "EUR", presentment_currency: "USD" }, {}],
    ["nothing known", { customer_locale: "en", currency: "PKR" }, {}],
    ["a name is no code", { billing_address: { country: "Germany", country_code: "Germany" } }, {}],
  ])("%s", (_title, order, expected) => {
    expect(regionOf(order)).toStrictEqual(expected);
  });
});

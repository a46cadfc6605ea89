import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBuyerRegion } from "./buyer-region.ts";
import { parseOrderValue } from "../order/parse-order.ts";

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
    ["a name in the code's place", { billing_address: { country_code: "Germany" } }, { country: "DE" }],
    ["a name that no country has", { billing_address: { country: "Narnia", country_code: null } }, {}],
  ])("%s", (_title, order, expected) => {
    expect(regionOf(order)).toStrictEqual(expected);
  });
});

describe("a country by its name alone", () => {
  test.each([
    ["Germany", "DE"],
    ["germany ", "DE"],
    ["GERMANY", "DE"],
    ["Deutschland", "DE"],
    ["Allemagne", "DE"],
    ["Alemania", "DE"],
    ["Germania", "DE"],
    ["Duitsland", "DE"],
    ["Niemcy", "DE"],
    ["Tyskland", "DE"],
    ["Saksa", "DE"],
    ["Alemanha", "DE"],
    ["Federal Republic of Germany", "DE"],
    ["Germany (DE)", "DE"],
    ["DE", "DE"],
    ["DEU", "DE"],
    ["Österreich", "AT"],
    ["Osterreich", "AT"],
    ["Holland", "NL"],
    ["The Netherlands", "NL"],
    ["Nederland", "NL"],
    ["Pays-Bas", "NL"],
    ["UK", "GB"],
    ["U.K.", "GB"],
    ["Great Britain", "GB"],
    ["England", "GB"],
    ["Scotland", "GB"],
    ["Wales", "GB"],
    ["Northern Ireland", "GB"],
    ["Royaume-Uni", "GB"],
    ["Vereinigtes Königreich", "GB"],
    ["Éire", "IE"],
    ["Republic of Ireland", "IE"],
    ["España", "ES"],
    ["Espana", "ES"],
    ["Ελλάδα", "GR"],
    ["Česko", "CZ"],
    ["Czech Republic", "CZ"],
    ["Czechia", "CZ"],
    ["Magyarország", "HU"],
    ["Suomi", "FI"],
    ["Sverige", "SE"],
    ["България", "BG"],
    ["Suisse", "CH"],
    ["Svizzera", "CH"],
    ["Réunion", "RE"],
    ["Åland Islands", "AX"],
    ["Isle of Man", "IM"],
    ["ドイツ", "DE"],
    ["德国", "DE"],
    ["European Union", "EU"],
    ["Berlin, Germany", "DE"],
    ["Switzerland", "CH"],
    ["United States", "US"],
    ["USA", "US"],
    ["Canada", "CA"],
    ["Georgia", "GE"],
    ["日本", "JP"],
  ])("%s is %s", (name, code) => {
    expect(regionOf({ billing_address: { country: name, country_code: null } })).toStrictEqual({
      country: code,
    });
  });

  test("counts beside a code that names another country: the stricter of the two", () => {
    const address = (country_code: string, country: string) => ({
      billing_address: { country_code, country },
    });
    expect(regionOf(address("US", "Germany"))).toStrictEqual({ country: "DE" });
    expect(regionOf(address("DE", "United States"))).toStrictEqual({ country: "DE" });
    expect(regionOf(address("UK", ""))).toStrictEqual({ country: "GB" });
  });

  test("a state of the US by names alone", () => {
    const address = { country: "United States", province: "California" };
    expect(regionOf({ shipping_address: address })).toStrictEqual({ country: "US", region: "CA" });
  });

  test("an unknown name leaves the locale to answer", () => {
    const order = { billing_address: { country: "Narnia" }, customer_locale: "de-DE" };
    expect(regionOf(order)).toStrictEqual({ country: "DE" });
  });

  test("nothing throws, whatever the name", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ maxLength: 300 })), (country) => {
        regionOf({ billing_address: { country, country_code: country, province: country } });
      }),
    );
  });
});

import { consentCountryOfCurrency, needsRecordedConsent } from "../consent/consent-regions.ts";
import { readCountryCode } from "./country-codes.ts";
import { countriesMeant } from "./country-names.ts";
import { optOutStateCode } from "../consent/limited-data-use.ts";
import type { AddressFacts, OrderFacts } from "../order/order-facts.ts";
import { readUsState } from "./us-states.ts";

export interface BuyerRegion {
  /** ISO alpha-2, upper case; "EU" where only the euro is known. */
  readonly country?: string;
  /** US state, two upper-case letters. Other countries' regions decide nothing here and are not kept. */
  readonly region?: string;
}

/**
 * Whose law protects the buyer, as far as an order tells. Of several addresses the one with the strictest rule: a
 * gift sent abroad does not move the buyer abroad. A country's name counts like its code, and where the two disagree
 * both count. Without any address the language's region (en-IE), then the currency of a country in the consent region.
 */
export function readBuyerRegion(order: OrderFacts): BuyerRegion {
  const known = [order.shipping, order.billing, order.customer?.defaultAddress].flatMap(locate);
  const strictest =
    known.find((place) => needsRecordedConsent(place.country)) ??
    known.find((place) => optOutStateCode(place.region) !== undefined) ??
    known.find((place) => place.country === "US") ??
    known[0];
  if (strictest !== undefined) return strictest;
  const fromLocale = countryOfLocale(order.customerLocale);
  if (fromLocale !== undefined) return { country: fromLocale };
  const currency = order.presentmentCurrency ?? order.currency;
  const fromCurrency = currency === undefined ? undefined : consentCountryOfCurrency(currency);
  return fromCurrency === undefined ? {} : { country: fromCurrency };
}

function locate(address: AddressFacts | undefined): BuyerRegion[] {
  if (address === undefined) return [];
  return countriesOf(address).map((country) => {
    if (country !== "US") return { country };
    const state = readUsState(address.provinceCode) ?? readUsState(address.province);
    return state === undefined ? { country } : { country, region: state.toUpperCase() };
  });
}

function countriesOf({ countryCode, country }: AddressFacts): readonly string[] {
  const code = readCountryCode(countryCode);
  if (code !== undefined && needsRecordedConsent(code)) return [code];
  const inCodesPlace = code === undefined ? countriesMeant(countryCode) : [code];
  return [...new Set([...inCodesPlace, ...countriesMeant(country)])];
}

/** "en-IE" and "zh-Hant-TW" name a country, "en" does not. */
function countryOfLocale(locale: string | undefined): string | undefined {
  return readCountryCode(/^[a-z]{2,3}(?:[-_][a-z]{4})?[-_]([a-z]{2})$/i.exec(locale?.trim() ?? "")?.[1]);
}

/**
 * Where the `regional` policy asks for recorded consent: the EEA, the UK and Switzerland, with the territories in
 * which the same law applies under a country code of their own (the EU's outermost regions, Åland; the Crown
 * dependencies and Gibraltar, whose laws copy the GDPR).
 */
const COUNTRIES: ReadonlySet<string> = new Set(
  [
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK", // European Union
    "IS LI NO", // the rest of the EEA
    "GB CH",
    "AX GF GP MF MQ RE YT",
    "GG GI IM JE",
    "EU", // somewhere in the euro area: all that a currency tells
  ].flatMap((group) => group.split(" ")),
);

/** Currencies of those countries; the euro names no single one, so it reads as "EU". */
const COUNTRY_BY_CURRENCY: ReadonlyMap<string, string> = new Map([
  ["EUR", "EU"],
  ["GBP", "GB"],
  ["CHF", "CH"],
  ["BGN", "BG"],
  ["CZK", "CZ"],
  ["DKK", "DK"],
  ["HUF", "HU"],
  ["ISK", "IS"],
  ["NOK", "NO"],
  ["PLN", "PL"],
  ["RON", "RO"],
  ["SEK", "SE"],
]);

/** ISO alpha-2 codes of the region, and "EU". */
export const CONSENT_COUNTRIES: readonly string[] = [...COUNTRIES];

/** @param country ISO alpha-2, upper case, or "EU" */
export function needsRecordedConsent(country: string | undefined): boolean {
  return country !== undefined && COUNTRIES.has(country);
}

/** A country of the consent region that pays in this currency; undefined for the currencies of other countries. */
export function consentCountryOfCurrency(currency: string): string | undefined {
  return COUNTRY_BY_CURRENCY.get(currency);
}

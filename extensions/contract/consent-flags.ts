/** What the visitor allows, as Shopify's Customer Privacy API says it. An absent flag means that nobody said. */
export interface ConsentFlags {
  marketing?: boolean;
  analytics?: boolean;
  preferences?: boolean;
  /** Shopify's wording: false means that the visitor refused the sale of data. */
  saleOfData?: boolean;
}

/**
 * Consent as the cart attribute `_tandem_consent` holds it: of the letters m, a, p, s (marketing, analytics, preferences,
 * sale of data), in that order, those that are known, each followed by 1 (allowed) or 0 (refused). Example: "m1a1p0s1".
 */
export function consentCode(consent: ConsentFlags): string {
  const flags: [string, boolean | undefined][] = [
    ["m", consent.marketing],
    ["a", consent.analytics],
    ["p", consent.preferences],
    ["s", consent.saleOfData],
  ];
  return flags.map(([letter, allowed]) => (allowed === undefined ? "" : letter + Number(allowed))).join("");
}

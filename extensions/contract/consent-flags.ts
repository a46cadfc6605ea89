/** What the visitor allows, as Shopify's Customer Privacy API says it. An absent flag means that nobody said. */
export interface ConsentFlags {
  marketing?: boolean | undefined;
  analytics?: boolean | undefined;
  preferences?: boolean | undefined;
  /** Shopify's wording: false means that the visitor refused the sale of data. */
  saleOfData?: boolean | undefined;
}

/**
 * Consent as the cart attribute `_tandem_consent` holds it: of the letters m, a, p, s (marketing, analytics, preferences,
 * sale of data), in that order, those that are known, each followed by 1 (allowed) or 0 (refused). Example: "m1a1p0s1".
 */
export function consentCode(consent: ConsentFlags): string {
  const { marketing, analytics, preferences, saleOfData } = consent;
  return [marketing, analytics, preferences, saleOfData]
    .map((allowed, position) => (allowed === undefined ? "" : "maps".charAt(position) + Number(allowed)))
    .join("");
}

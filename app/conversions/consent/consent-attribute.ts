import type { ConsentFlags } from "../model.ts";

/** The cart attribute that our storefront script writes once the buyer has decided. */
export const CONSENT_ATTRIBUTE = "_tandem_consent";

const FLAGS = /^(?=.)(?:m([01]))?(?:a([01]))?(?:p([01]))?(?:s([01]))?$/;

/** Reads "m1a1p0s1": marketing, analytics, preferences, sale of data, each 0 or 1; undefined where it is not that. */
export function readConsentAttribute(text: string): ConsentFlags | undefined {
  const match = FLAGS.exec(text.trim());
  if (match === null) return undefined;
  const [, marketing, analytics, preferences, saleOfData] = match;
  return {
    ...(marketing !== undefined && { marketing: marketing === "1" }),
    ...(analytics !== undefined && { analytics: analytics === "1" }),
    ...(preferences !== undefined && { preferences: preferences === "1" }),
    ...(saleOfData !== undefined && { saleOfData: saleOfData === "1" }),
  };
}

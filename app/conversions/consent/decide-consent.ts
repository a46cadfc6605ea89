import { needsRecordedConsent } from "./consent-regions.ts";
import { limitFor } from "./limited-data-use.ts";
import type { ConsentDecision, ConsentEvidence, ConsentFlags, ConsentPolicy } from "../model.ts";

export interface ConsentInput {
  readonly policy: ConsentPolicy;
  /** What the order's cart attributes said. */
  readonly cart: ConsentFlags;
  /** What the web pixel reported; null where there is no report. */
  readonly report: ConsentFlags | null;
  /** ISO alpha-2 upper case, or "EU"; absent = unknown. */
  readonly country?: string;
  /** US state, as in "CA". */
  readonly region?: string;
}

/**
 * May this conversion be sent? Used for the server copy and for the answer to the web pixel, so that the two sides
 * cannot decide differently.
 *
 * - The browser's report is later than the cart attribute, so each of its flags wins.
 * - Recorded consent is Shopify's marketing permission: a Purchase sent to Meta serves ads measurement and targeting.
 *   Analytics permission is about the shop's own statistics and decides nothing here.
 * - A refusal is obeyed under every policy, also where a merchant states to hold another legal basis.
 * - Subscribing to newsletters is no consent to tracking and is not read at all.
 */
export function decideConsent(input: ConsentInput): ConsentDecision {
  const { policy, cart, report, country, region } = input;
  const marketing = report?.marketing ?? cart.marketing;
  const evidence = evidenceOf("marketing", input);
  if (marketing === false) return { kind: "skip", evidence, reason: "consent_refused" };
  const needsRecord = policy === "strict" || (policy === "regional" && needsRecordedConsent(country));
  if (marketing === undefined && needsRecord) return { kind: "skip", evidence, reason: "no_consent" };
  const saleOfData = report?.saleOfData ?? cart.saleOfData;
  return saleOfData === false
    ? { kind: "limit", evidence: evidenceOf("saleOfData", input), dataProcessing: limitFor(country, region) }
    : { kind: "send", evidence };
}

function evidenceOf(flag: keyof ConsentFlags, { policy, cart, report }: ConsentInput): ConsentEvidence {
  if (report?.[flag] !== undefined) return "browser_report";
  if (cart[flag] !== undefined) return "cart_attribute";
  return policy === "merchant" ? "merchant_statement" : "none";
}

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

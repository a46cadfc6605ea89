import type { ConsentFlags } from "../../contract/consent-flags.ts";
import type { ClickIdentifiers } from "./click-identifiers.ts";
import { pageAddress } from "./page-address.ts";
import type { CheckoutCompleted, CustomerPrivacy } from "./pixel-surroundings.ts";

/** Body of POST /pixel/checkout, version 1: what only the browser knows. Absent keys are absent, never null or "". */
export interface CheckoutReport extends ClickIdentifiers {
  v: 1;
  shop: string;
  /** As Shopify gave it: a bare number or a gid, depending on the store. */
  orderId: string | null;
  checkoutToken: string;
  consent: ConsentFlags;
  userAgent?: string;
  pageUrl?: string;
  /** Unix milliseconds by the buyer's clock. */
  clientTime?: number;
  /** Whether it is the customer's first order here; absent where Shopify does not say. */
  isFirstOrder?: boolean;
  eventId?: string;
}

export function consentFlags(privacy: CustomerPrivacy): ConsentFlags {
  return {
    marketing: privacy.marketingAllowed,
    analytics: privacy.analyticsProcessingAllowed,
    preferences: privacy.preferencesProcessingAllowed,
    saleOfData: privacy.saleOfDataAllowed,
  };
}

/**
 * The report of one completed checkout, or null where the checkout has no token (without it the app could not tell
 * the buyer from someone who guesses order IDs). Without marketing consent it names the order and the refusal, nothing
 * about the buyer.
 */
export function makeCheckoutReport(
  event: CheckoutCompleted,
  shop: string,
  consent: ConsentFlags,
  identifiers: ClickIdentifiers,
): CheckoutReport | null {
  const { checkout } = event.data;
  if (!checkout.token) return null;
  const orderId = checkout.order?.id;
  const report: CheckoutReport = {
    v: 1,
    shop,
    orderId: orderId ? String(orderId) : null,
    checkoutToken: checkout.token,
    consent,
  };
  if (!consent.marketing) return report;
  const clientTime = Date.parse(event.timestamp);
  const userAgent = event.context.navigator.userAgent.slice(0, 512);
  const isFirstOrder = checkout.order?.customer?.isFirstOrder;
  const pageUrl = pageAddress(event.context.document.location.href);
  return {
    ...report,
    ...identifiers,
    ...(userAgent && { userAgent }),
    ...(pageUrl && { pageUrl }),
    ...(Number.isNaN(clientTime) ? {} : { clientTime }),
    ...(typeof isFirstOrder === "boolean" && { isFirstOrder }),
    ...(event.id && { eventId: event.id }),
  };
}

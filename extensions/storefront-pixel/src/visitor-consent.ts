import type { ConsentFlags } from "../../contract/consent-flags.ts";
import {
  type CollectedConsent,
  type CustomerPrivacyApi,
  type StorefrontWindow,
  until,
} from "./storefront-window.ts";

/** How long a page may take to bring Shopify's own script before the visitor counts as not asked. */
const SHOPIFY_WITHIN_MS = 10_000;

/** Shopify's Customer Privacy API, or null where it does not load: without it there is no consent to rely on. */
export async function loadCustomerPrivacy(page: StorefrontWindow): Promise<CustomerPrivacyApi | null> {
  const api = () => page.Shopify?.customerPrivacy;
  await until(page, () => api()?.marketingAllowed ?? page.Shopify?.loadFeatures, SHOPIFY_WITHIN_MS);
  const shopify = page.Shopify;
  if (!api()?.marketingAllowed && shopify?.loadFeatures) {
    const features = [{ name: "consent-tracking-api", version: "0.1" }];
    await new Promise((loaded) => shopify.loadFeatures?.(features, loaded));
  }
  const loaded = api();
  return loaded?.marketingAllowed ? loaded : null;
}

/** The flags of this moment. What the visitor has just chosen outranks what the API may still remember. */
export function readConsent(privacy: CustomerPrivacyApi, chosen: CollectedConsent = {}): ConsentFlags {
  return {
    marketing: chosen.marketingAllowed ?? privacy.marketingAllowed(),
    analytics: chosen.analyticsAllowed ?? privacy.analyticsProcessingAllowed?.(),
    preferences: chosen.preferencesAllowed ?? privacy.preferencesProcessingAllowed?.(),
    saleOfData: chosen.saleOfDataAllowed ?? privacy.saleOfDataAllowed?.(),
  };
}

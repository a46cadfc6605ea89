// What Shopify itself puts into every storefront page: the Shopify global, the consent API on demand, a consent banner.
import type { StorefrontConfig } from "../storefront/platform-parts.ts";
import { pageJson } from "./page-json.ts";
import { customerPrivacyApi } from "./visitor-consent.ts";

const { region, themeId } = pageJson<StorefrontConfig>("storefront-config");
const privacy = customerPrivacyApi(region);

const shopify: Record<string, unknown> = {
  theme: { id: themeId, name: "Sandbox", role: "main" },
  routes: { root: "/" },
  designMode: false,
  /** Shopify loads its features over the network; the API is there when `done` is called, not before. */
  loadFeatures: (features: { name: string }[], done?: (error?: unknown) => void) => {
    setTimeout(() => {
      if (features.some(({ name }) => name === "consent-tracking-api")) shopify["customerPrivacy"] = privacy;
      done?.();
    }, 30);
  },
};
Object.assign(window, { Shopify: shopify });

/** Cookie banner of an EU visit; the answers are those that Shopify's own banner gives. */
function showBanner(): void {
  const template = document.querySelector<HTMLTemplateElement>("#consent-template");
  if (template && !document.getElementById("consent-banner"))
    document.body.append(template.content.cloneNode(true));
}

document.addEventListener("DOMContentLoaded", () => {
  if (privacy.shouldShowBanner()) showBanner();
});
document.addEventListener("click", (event) => {
  if (!(event.target instanceof HTMLElement)) return;
  const { consent, consentSettings, optOut } = event.target.dataset;
  if (consent !== undefined) {
    document.getElementById("consent-banner")?.remove();
    const answer = consent === "accept";
    const { setTrackingConsent } = privacy;
    setTrackingConsent({ marketing: answer, analytics: answer, preferences: answer, sale_of_data: answer });
  }
  if (consentSettings !== undefined) showBanner();
  if (optOut !== undefined) {
    event.preventDefault();
    privacy.setTrackingConsent({ sale_of_data: false });
    event.target.textContent = "Opted out";
  }
});

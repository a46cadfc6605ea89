// What Shopify itself puts into every storefront page: the Shopify global, the consent API on demand, a consent banner.
import { pageJson } from "./page-json.ts";
import { customerPrivacyApi } from "./visitor-consent.ts";

interface StorefrontConfig {
  readonly shop: string;
  readonly region: string;
  readonly currency: string;
  readonly country: string;
  readonly locale: string;
  readonly themeId: number;
}

const config = pageJson<StorefrontConfig>("storefront-config");
const privacy = customerPrivacyApi(config.region);

const shopify: Record<string, unknown> = {
  shop: config.shop,
  locale: config.locale,
  country: config.country,
  currency: { active: config.currency, rate: "1.0" },
  theme: { id: config.themeId, name: "Sandbox", role: "main" },
  routes: { root: "/" },
  designMode: false,
  analytics: { publish: () => true },
  /** Shopify loads its features over the network; the API is there when `done` is called, not before. */
  loadFeatures: (features: { name: string }[], done?: (error?: unknown) => void) => {
    setTimeout(() => {
      if (features.some(({ name }) => name === "consent-tracking-api")) shopify["customerPrivacy"] = privacy;
      done?.();
    }, 30);
  },
};
Object.assign(window, { Shopify: shopify });

function button(label: string, name: string, press: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.dataset["consent"] = name;
  made.addEventListener("click", press);
  return made;
}

/** Cookie banner of an EU visit; the answers are those that Shopify's own banner gives. */
function showBanner(): void {
  const banner = document.createElement("div");
  banner.id = "consent-banner";
  banner.setAttribute("role", "region");
  banner.setAttribute("aria-label", "Cookie consent");
  banner.style.cssText =
    "position:fixed;bottom:0;left:0;right:0;background:#fff;border-top:1px solid #bbb;padding:16px;display:flex;gap:12px;z-index:9";
  const choose = (answer: boolean) => () => {
    banner.remove();
    privacy.setTrackingConsent({
      marketing: answer,
      analytics: answer,
      preferences: answer,
      sale_of_data: answer,
    });
  };
  const text = document.createElement("span");
  text.textContent = "May this store use cookies for marketing and analytics?";
  banner.append(text, button("Accept", "accept", choose(true)), button("Decline", "decline", choose(false)));
  document.body.append(banner);
}

document.addEventListener("DOMContentLoaded", () => {
  if (privacy.shouldShowBanner()) showBanner();
  for (const link of document.querySelectorAll("[data-opt-out]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      privacy.setTrackingConsent({ sale_of_data: false });
      link.textContent = "Opted out";
    });
  }
  const reopen = document.querySelector("[data-consent-settings]");
  reopen?.addEventListener("click", () => {
    if (!document.getElementById("consent-banner")) showBanner();
  });
});

import { completeCheckout } from "./complete-checkout.ts";
import { startFunnel } from "./funnel/start-funnel.ts";
import type {
  CheckoutCompleted,
  CustomerPrivacy,
  PixelBrowser,
  PixelSettings,
  PixelWorker,
  ShopifyEvent,
} from "./pixel-surroundings.ts";

/** Shopify's extension API, as far as the pixel needs it. */
export interface PixelApi {
  readonly analytics: {
    subscribe(name: "checkout_completed", listener: (event: CheckoutCompleted) => void): unknown;
    subscribe(name: string, listener: (event: ShopifyEvent) => void): unknown;
  };
  readonly browser: PixelBrowser;
  readonly settings: Partial<PixelSettings>;
  readonly init: {
    readonly data: { readonly shop: { readonly myshopifyDomain: string }; readonly customer?: unknown };
    readonly customerPrivacy: CustomerPrivacy;
  };
  readonly customerPrivacy: {
    subscribe(
      name: "visitorConsentCollected",
      listener: (event: { customerPrivacy: CustomerPrivacy }) => void,
    ): unknown;
  };
}

/**
 * Follows consent, answers each completed checkout once per page, however often Shopify repeats the event, and tells the
 * funnel's other events where the store has chosen any.
 */
export function startCheckoutPixel(api: PixelApi, worker: PixelWorker): void {
  const { appUrl, trUrl, accountID } = api.settings;
  if (!appUrl || !trUrl || !accountID) return;
  let privacy = api.init.customerPrivacy;
  const pixel = {
    worker,
    browser: api.browser,
    settings: { appUrl: appUrl.replace(/\/+$/, ""), trUrl, accountID },
    shop: api.init.data.shop.myshopifyDomain || accountID,
    privacy: () => privacy,
  };
  const begun = new Set<string>();
  api.analytics.subscribe("checkout_completed", (event) => {
    const { token } = event.data.checkout;
    if (!token || begun.has(token)) return;
    begun.add(token);
    void completeCheckout(pixel, event);
  });
  const forget = startFunnel(api, pixel);
  api.customerPrivacy.subscribe("visitorConsentCollected", (event) => {
    privacy = event.customerPrivacy;
    if (!privacy.marketingAllowed) forget();
  });
}

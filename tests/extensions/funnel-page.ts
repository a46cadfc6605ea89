import { vi } from "vitest";

import { startCheckoutPixel } from "../../extensions/checkout-pixel/src/start-checkout-pixel.ts";
import type { FunnelReport } from "../../extensions/contract/funnel-report.ts";
import type { FunnelSettings } from "../../extensions/contract/funnel-settings.ts";
import { FakeCheckout, type FakeCheckoutOptions } from "./fake-checkout.ts";
import { addedToCart, productViewed, shopifyEvent } from "./shopify-events.ts";

/** When the pages of these tests are opened; Unix milliseconds. */
export const NOW = Date.UTC(2026, 10, 27, 10, 0, 0);
export const FBP = "fb.1.1761288000000.1098115397";

export const CHOICES: FunnelSettings = {
  v: 1,
  datasets: ["1111111111", "2222222222"],
  events: { ViewContent: "both", AddToCart: "both", InitiateCheckout: "both", ViewCategory: "browser" },
  contentId: "variant",
  valueBasis: "total",
  ldu: true,
};

export interface PageOptions extends FakeCheckoutOptions {
  choices?: Partial<FunnelSettings> | null;
}

/** A page with the pixel on it. */
export function openFunnelPage({ choices = {}, ...options }: PageOptions = {}): FakeCheckout {
  const page = new FakeCheckout({
    answers: [{ status: 204 }],
    cookies: { _fbp: FBP },
    settings: {
      appUrl: "https://app.example/",
      trUrl: "https://www.facebook.com/tr/",
      accountID: "hats.myshopify.com",
      ...(choices && { funnel: JSON.stringify({ ...CHOICES, ...choices }) }),
    },
    ...options,
  });
  startCheckoutPixel(page.api, page.worker);
  return page;
}

export const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
export const hits = (page: FakeCheckout) =>
  page.to("/tr/").map(({ url }) => Object.fromEntries(url.searchParams));
export const reports = (page: FakeCheckout) =>
  page.to("/pixel/events").map(({ body }) => body as unknown as FunnelReport);
export const reported = (page: FakeCheckout) => reports(page).flatMap(({ events }) => events);
export const view = (time = Date.now()) => shopifyEvent(productViewed, time);
export const add = (time = Date.now()) => shopifyEvent(addedToCart, time);

import type { EventDeclaration } from "../../../contract/events/event-declaration.ts";
import { EVENTS } from "../../../contract/events/registry.ts";
import { readFunnelSettings } from "../../../contract/funnel-settings.ts";
import { consentFlags } from "../checkout-report.ts";
import type { CheckoutPixel } from "../complete-checkout.ts";
import type { ShopifyEvent } from "../pixel-surroundings.ts";
import { decideAge } from "./decide-age.ts";
import { openReportQueue } from "./report-queue.ts";
import { type Funnel, takeEvent } from "./take-event.ts";
import { forgetVisit } from "./visit-knowledge.ts";

export interface FunnelApi {
  readonly analytics: { subscribe(name: string, listener: (event: ShopifyEvent) => void): unknown };
  readonly settings: { readonly funnel?: string | undefined };
  readonly init: { readonly data: { readonly customer?: unknown } };
}

/** Events of the web pixel, whichever the registry has. */
const declared: readonly EventDeclaration[] = EVENTS;

/**
 * Listens to the events that the store has chosen. Returns what has to happen when the visitor withdraws: whatever waits and
 * whatever is known of the visit goes.
 */
export function startFunnel(api: FunnelApi, pixel: CheckoutPixel): () => void {
  const choices = readFunnelSettings(api.settings.funnel);
  const { worker, browser, shop } = pixel;
  if (!choices) return () => undefined;
  let userAgent = "";
  const queue = openReportQueue({
    worker,
    storage: browser.sessionStorage,
    url: `${pixel.settings.appUrl}/pixel/events`,
    allowed: () => pixel.privacy().marketingAllowed,
    frame: () => ({
      shop,
      sentAt: worker.now(),
      consent: consentFlags(pixel.privacy()),
      ...(userAgent && { userAgent }),
    }),
  });
  const funnel: Funnel = { choices, signedIn: api.init.data.customer, queue, ...pixel };
  const isCurrent = decideAge(browser.localStorage, worker.now());
  const seen = new Set<string>();
  for (const declaration of declared) {
    const { name, from, shopifyEvent } = declaration;
    const copies = choices.events[name];
    if (from !== "web_pixel" || !shopifyEvent || !copies) continue;
    api.analytics.subscribe(shopifyEvent, (event) => {
      if (!event.id || seen.has(event.id) || !pixel.privacy().marketingAllowed) return;
      seen.add(event.id);
      userAgent = event.context.navigator.userAgent.slice(0, 512);
      void isCurrent(Date.parse(event.timestamp)).then((current) =>
        current ? takeEvent(funnel, declaration, copies, event) : undefined,
      );
    });
  }
  return () => {
    void queue.clear();
    void forgetVisit(browser.sessionStorage);
  };
}

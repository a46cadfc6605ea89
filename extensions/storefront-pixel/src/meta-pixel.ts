import type { StorefrontSettings } from "./block-data.ts";
import { type Fbq, loadScript, type StorefrontWindow } from "./storefront-window.ts";

/** Random, unlike a Purchase's: a PageView has no server copy that it would have to match. */
function pageViewId(now: number, random: () => number): string {
  return `${now}.${String(random()).slice(2)}`;
}

/** The page's one `fbq`: another Pixel's if there is one, untouched; else Meta's queue, and fbevents.js on its way. */
function obtainFbq(page: StorefrontWindow, fbevents: string): Fbq {
  if (page.fbq) return page.fbq;
  const fbq: Fbq = (...call) => {
    if (fbq.callMethod) fbq.callMethod(...call);
    else fbq.queue?.push(call);
  };
  page.fbq = fbq;
  page._fbq ??= fbq;
  Object.assign(fbq, { push: fbq, queue: [], loaded: true, version: "2.0", disablePushState: true });
  loadScript(page, fbevents);
  return fbq;
}

/** Pixels that others have initialised so far, in the library's state or in its queue; undefined where there is no `fbq`. */
export function initialisedPixels({ fbq }: StorefrontWindow): string[] | undefined {
  try {
    return (
      fbq && [
        ...(fbq.getState?.().pixels ?? []).map(({ id }) => String(id)),
        ...(fbq.queue ?? []).flatMap((call) => {
          const [method, id] = Array.from(call as ArrayLike<unknown>);
          return method === "init" ? [String(id)] : [];
        }),
      ]
    );
  } catch {
    return [];
  }
}

/** Meta's switch for visitors who refused the sale of data; 0, 0 lets Meta work out country and state. */
export function limitDataUse(fbq: Fbq, limited: boolean, country = 0, state = 0): void {
  if (limited) fbq("dataProcessingOptions", ["LDU"], country, state);
  else fbq("dataProcessingOptions", []);
}

/**
 * Makes the datasets known to the page's Pixel, automatic events off, and reports the page view to each of them alone,
 * unless the store has switched it off: a plain `track` would reach every Pixel on the page.
 */
export function beginPixel(
  page: StorefrontWindow,
  settings: StorefrontSettings,
  limited: boolean,
  now: number,
  random: () => number,
): Fbq {
  const fbq = obtainFbq(page, settings.fbevents);
  if (limited) limitDataUse(fbq, true);
  const eventID = pageViewId(now, random);
  for (const dataset of settings.datasets) {
    fbq("set", "autoConfig", false, dataset);
    fbq("init", dataset);
    if (settings.pageView !== false) fbq("trackSingle", dataset, "PageView", {}, { eventID });
  }
  return fbq;
}

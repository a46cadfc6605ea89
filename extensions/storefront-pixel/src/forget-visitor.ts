import { deleteCookie } from "./cookies.ts";
import type { StorefrontWindow, WebStorage } from "./storefront-window.ts";

/** Cookies of Meta's library: browser, click, last event. */
const COOKIES = ["_fbp", "_fbc", "_fbleid"];
/**
 * What Meta's library keeps beside cookies (all undocumented, seen in browsers): clicks, where the visitor came from, and
 * under its prefixes the last events of each dataset. With them a new `_fbp` could be tied to the old one. `tandem:` is
 * what this script and the web pixel remember, the visit's hashes and the events that wait among it.
 */
const STORED = /^(?:multiFbc$|aemSource$|lastExternalReferrer|fbcEbpOrigin$|fbevents\^|pixel_mutex:|tandem:)/;

/**
 * Removes every trace of the visitor that Meta's library and we left in this browser for this site: on every domain
 * level and path that a cookie can be on, and in both storages. The cart is the caller's.
 */
export function forgetVisitor(page: StorefrontWindow): void {
  for (const name of COOKIES) deleteCookie(page, name);
  for (const storage of ["localStorage", "sessionStorage"] as const) {
    try {
      removeTraces(page[storage]);
    } catch {
      // A browser that closes its storage keeps nothing in it.
    }
  }
}

function removeTraces(storage: WebStorage): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  for (const key of keys) if (key !== null && STORED.test(key)) storage.removeItem(key);
}

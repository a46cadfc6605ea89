import { type ConsentFlags, consentCode } from "../../contract/consent-flags.ts";
import { readCookie } from "./cookies.ts";
import { postJson, type StorefrontWindow } from "./storefront-window.ts";

export type CartAttributes = Record<string, string>;

/**
 * What the cart should say about this visitor, by key; keys not named are not touched. "" removes.
 * - allowed: the identifiers that exist, verbatim, and the consent;
 * - refused in so many words: no identifiers, and the refusal, without which the server would not know of it;
 * - not asked yet: nothing.
 */
export function wantedAttributes(
  page: StorefrontWindow,
  consent: ConsentFlags,
  chosen: boolean,
): CartAttributes {
  if (!consent.marketing) return chosen ? { _fbp: "", _fbc: "", _tandem_consent: consentCode(consent) } : {};
  const identifiers = ["_fbp", "_fbc"].map((name) => [name, readCookie(page, name)]);
  return {
    ...Object.fromEntries(identifiers.filter(([, value]) => value)),
    _tandem_consent: consentCode(consent),
  };
}

/** Those of the wanted attributes that the cart does not have yet. */
export function changedAttributes(current: Record<string, unknown>, wanted: CartAttributes): CartAttributes {
  return Object.fromEntries(Object.entries(wanted).filter(([key, value]) => (current[key] ?? "") !== value));
}

/**
 * Brings the cart up to date, only where it differs. Shopify merges attributes by key, so those of others stay. A cart
 * that cannot be read is left alone until the next page.
 */
export async function syncCart(page: StorefrontWindow, wanted: CartAttributes): Promise<void> {
  const root = page.Shopify?.routes?.root ?? "/";
  if (Object.keys(wanted).length === 0) return;
  try {
    const cart = (await (await page.fetch(`${root}cart.js`)).json()) as {
      attributes?: Record<string, unknown>;
    };
    const attributes = changedAttributes(cart.attributes ?? {}, wanted);
    if (Object.keys(attributes).length > 0) await postJson(page, `${root}cart/update.js`, { attributes });
  } catch {
    // The cart is the shop's: whatever is wrong with it, the visitor must not notice us.
  }
}

import { isRecord } from "./block-data.ts";
import { type ConsentFlags, consentCode } from "../../contract/consent-flags.ts";
import { isPlainIdentifier } from "../../contract/plain-identifier.ts";
import { readCookie } from "./cookies.ts";
import { postJson, type StorefrontWindow } from "./storefront-window.ts";

/** By key; undefined = not to be touched, "" = to be removed. */
export type CartAttributes = Record<string, string | undefined>;

/**
 * What the cart should say about this visitor:
 * - allowed: the identifiers that exist, verbatim, and the consent; a cookie that holds junk replaces nothing;
 * - refused in so many words: no identifiers, and the refusal, without which the server would not know of it (where no
 *   dataset is connected too: one may be before the order);
 * - not asked yet: nothing at all (null).
 */
export function wantedAttributes(
  page: StorefrontWindow,
  consent: ConsentFlags,
  chosen: boolean,
): CartAttributes | null {
  const identifier = (name: string) => {
    const cookie = readCookie(page, name);
    return consent.marketing ? (isPlainIdentifier(name, cookie) ? cookie : undefined) : "";
  };
  return consent.marketing || chosen
    ? { _fbp: identifier("_fbp"), _fbc: identifier("_fbc"), _tandem_consent: consentCode(consent) }
    : null;
}

/** Those of the wanted attributes that the cart does not have yet. */
function changedAttributes(current: Record<string, unknown>, wanted: CartAttributes): CartAttributes {
  return Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => value !== undefined && value !== (current[key] ?? "")),
  );
}

/**
 * Brings the cart up to date, only where it differs. Shopify merges attributes by key, so those of others stay. A cart
 * that cannot be read is left alone until the next page.
 */
export async function syncCart(page: StorefrontWindow, wanted: CartAttributes | null): Promise<void> {
  const root = page.Shopify?.routes?.root ?? "/";
  if (!wanted) return;
  try {
    const cart: unknown = await (await page.fetch(`${root}cart.js`)).json();
    const there = isRecord(cart) && cart["attributes"];
    const attributes = changedAttributes(isRecord(there) ? there : {}, wanted);
    if (Object.keys(attributes).length > 0) await postJson(page, `${root}cart/update.js`, { attributes });
  } catch {
    // The cart is the shop's: whatever is wrong with it, the visitor must not notice us.
  }
}

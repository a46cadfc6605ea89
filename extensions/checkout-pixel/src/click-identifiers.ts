import type { CheckoutCompleted, PixelBrowser } from "./pixel-surroundings.ts";

/** Meta's browser ID and click ID, verbatim. */
export interface ClickIdentifiers {
  fbp?: string;
  fbc?: string;
}

/** Only the envelope is judged (fb.<index>.<ms>.<rest>): Meta's own tools append to it, and a real click ID has any length. */
const ENVELOPE = /^fb\.\d+\.\d+\..+$/;
const LONGEST = 1000;

/**
 * `_fbp` and `_fbc` from the cookie; where checkout runs on another host than the storefront and the cookie is out of
 * reach, from the cart attribute that the storefront script left. A malformed value is left out, not mended.
 */
export async function readClickIdentifiers(
  browser: PixelBrowser,
  attributes: CheckoutCompleted["data"]["checkout"]["attributes"],
): Promise<ClickIdentifiers> {
  const read = async (name: string): Promise<string | undefined> => {
    const cookie = await browser.cookie.get(name).catch(() => "");
    const attribute = attributes.find(({ key }) => key === name)?.value;
    return [cookie, attribute].find((value) => value && value.length <= LONGEST && ENVELOPE.test(value));
  };
  const [fbp, fbc] = await Promise.all([read("_fbp"), read("_fbc")]);
  return { ...(fbp ? { fbp } : {}), ...(fbc ? { fbc } : {}) };
}

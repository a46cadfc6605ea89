import { isPlainIdentifier } from "../../contract/plain-identifier.ts";
import type { CartAttribute, PixelBrowser } from "./pixel-surroundings.ts";

/** Meta's browser ID and click ID, verbatim. */
export interface ClickIdentifiers {
  fbp?: string;
  fbc?: string;
}

/** Only the envelope is judged: what is inside may be junk, or a click that the app can unwrap. */
const ENVELOPE = /^fb\.\d+\.\d+\..+$/;
const LONGEST = 1000;

/**
 * `_fbp` and `_fbc` from the cookie; where checkout runs on another host than the storefront and the cookie is out of
 * reach, or holds junk, from the cart attribute that the storefront script left. A malformed value is left out, not mended.
 */
export async function readClickIdentifiers(
  browser: PixelBrowser,
  attributes: readonly CartAttribute[],
): Promise<ClickIdentifiers> {
  const read = async (name: string): Promise<string | undefined> => {
    const cookie = await browser.cookie.get(name).catch(() => "");
    const attribute = attributes.find(({ key }) => key === name)?.value;
    const found = [cookie, attribute].filter(
      (value): value is string => !!value && value.length <= LONGEST && ENVELOPE.test(value),
    );
    return found.find((value) => isPlainIdentifier(name, value)) ?? found[0];
  };
  const [fbp, fbc] = await Promise.all([read("_fbp"), read("_fbc")]);
  return { ...(fbp ? { fbp } : {}), ...(fbc ? { fbc } : {}) };
}

import { issueSessionToken, type LaunchContext } from "./auth/session-token.ts";
import { signAdminQuery } from "./auth/sign-request.ts";
import type { Store } from "./store.ts";

/** Base64 of admin.shopify.com/store/{handle}: the `host` parameter. */
export const hostParameter = (store: Store): string =>
  Buffer.from(`admin.shopify.com/store/${store.handle}`).toString("base64").replace(/=+$/, "");

/** What a member of the staff reads the admin in, as BCP 47 names it, unless another language is asked for. */
const STAFF_LOCALE = "en-US";

/**
 * The address that the admin puts into the app's iframe: the app's page with the signed launch parameters.
 *
 * @param locale the language of whoever looks, not that of the store
 */
export async function launchUrl(
  store: Store,
  appUrl: string,
  path: string,
  context: LaunchContext,
  locale = STAFF_LOCALE,
): Promise<string> {
  const url = new URL(path, appUrl);
  const now = context.now();
  const parameters = {
    embedded: "1",
    host: hostParameter(store),
    id_token: await issueSessionToken(store.domain, context),
    locale,
    session: crypto.randomUUID().replaceAll("-", ""),
    shop: store.domain,
    timestamp: String(Math.floor(now / 1000)),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  url.searchParams.set("hmac", signAdminQuery(url.searchParams, context.apiSecret));
  return url.href;
}

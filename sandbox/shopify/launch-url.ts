import { issueSessionToken } from "./auth/session-token.ts";
import { signAdminQuery } from "./auth/sign-request.ts";
import type { Store } from "./store.ts";

export interface LaunchContext {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly now: () => number;
}

export const STAFF_USER_ID = "98500000001";

export const idTokenFor = (store: Store, context: LaunchContext, lifeSeconds = 60): Promise<string> =>
  issueSessionToken(
    { shop: store.domain, apiKey: context.apiKey, userId: STAFF_USER_ID, now: context.now(), lifeSeconds },
    context.apiSecret,
  );

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
    id_token: await idTokenFor(store, context),
    locale,
    session: crypto.randomUUID().replaceAll("-", ""),
    shop: store.domain,
    timestamp: String(Math.floor(now / 1000)),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  url.searchParams.set("hmac", signAdminQuery(url.searchParams, context.apiSecret));
  return url.href;
}

import {
  createShopifyChecks,
  SHOP_DOMAIN,
  type AppIdentity,
  type ShopifyApiVersion,
} from "../platform/http/shopify-checks.server.ts";

/** A request that came through Shopify's app proxy. */
export interface ProxyCaller {
  readonly shop: string;
  /** Digits; undefined for a visitor who is not signed in to the store. */
  readonly customerId: string | undefined;
}

/** Undefined where the signature is missing, wrong, repeated or older than 90 seconds. */
export type VerifyProxy = (request: Request) => Promise<ProxyCaller | undefined>;

/**
 * Shopify's own check of the signature (HMAC-SHA256 over the sorted query, compared in constant time, 90 seconds of
 * tolerance), without the session and the token refresh over the network that `authenticate.public.appProxy` adds.
 */
export function createVerifyProxy(app: AppIdentity, apiVersion: ShopifyApiVersion): VerifyProxy {
  const api = createShopifyChecks(app, apiVersion);
  return async (request) => {
    const query = new URL(request.url).searchParams;
    try {
      // The library's type wants a plain object; it reads URLSearchParams with its own guard against repeated names.
      const isSigned = await api.utils.validateHmac(query as unknown as Record<string, string>, {
        signator: "appProxy",
      });
      if (!isSigned) return undefined;
    } catch {
      return undefined;
    }
    const shop = query.get("shop")?.toLowerCase() ?? "";
    const customerId = query.get("logged_in_customer_id") ?? "";
    if (!SHOP_DOMAIN.test(shop)) return undefined;
    return { shop, customerId: /^\d{1,20}$/.test(customerId) ? customerId : undefined };
  };
}

import "@shopify/shopify-app-remix/adapters/node";

import { shopifyApi } from "@shopify/shopify-api";

/** What Shopify's library needs to check a signature. */
export interface AppIdentity {
  readonly SHOPIFY_API_KEY: string;
  readonly SHOPIFY_API_SECRET: string;
  readonly SHOPIFY_APP_URL: string;
}

export type ShopifyApiVersion = Parameters<typeof shopifyApi>[0]["apiVersion"];

/** The form of every store's own domain. */
export const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

/** Shopify's library for its checks alone: it opens no session, and it logs nothing, because what it logs is not ours. */
export function createShopifyChecks(app: AppIdentity, apiVersion: ShopifyApiVersion) {
  return shopifyApi({
    apiKey: app.SHOPIFY_API_KEY,
    apiSecretKey: app.SHOPIFY_API_SECRET,
    hostName: new URL(app.SHOPIFY_APP_URL).host,
    apiVersion,
    isEmbeddedApp: true,
    logger: { log: async () => undefined },
  });
}

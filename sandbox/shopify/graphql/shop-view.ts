import type { Store } from "../store.ts";
import { isoSeconds } from "./value-views.ts";

/** The store as the Admin API's Shop shows it. */
export function viewShop(store: Store) {
  const address = {
    __typename: "ShopAddress",
    id: `gid://shopify/ShopAddress/${store.id}`,
    countryCodeV2: store.country,
    provinceCode: store.provinceCode ?? null,
  };
  const plan = store.plan ?? "basic";
  return {
    __typename: "Shop",
    id: `gid://shopify/Shop/${store.id}`,
    name: store.name,
    myshopifyDomain: store.domain,
    ianaTimezone: store.timezone,
    currencyCode: store.currency,
    enabledPresentmentCurrencies: [store.currency],
    contactEmail: store.email ?? `owner@${store.handle}.example`,
    email: store.email ?? `owner@${store.handle}.example`,
    shopOwnerName: "Store Owner",
    billingAddress: address,
    shopAddress: address,
    plan: {
      displayName: plan,
      publicDisplayName: plan,
      partnerDevelopment: plan === "development",
      shopifyPlus: plan === "plus",
    },
    orderNumberFormatPrefix: store.orderPrefix ?? "#",
    orderNumberFormatSuffix: store.orderSuffix ?? "",
    primaryDomain: {
      __typename: "Domain",
      id: `gid://shopify/Domain/${store.id}`,
      host: new URL(store.storefrontUrl).host,
      url: store.storefrontUrl,
      sslEnabled: true,
    },
    url: store.storefrontUrl,
    taxesIncluded: true,
    timezoneOffset: "+0000",
    timezoneOffsetMinutes: 0,
    createdAt: isoSeconds(Date.UTC(2024, 0, 1)),
    metafield: () => null,
  };
}

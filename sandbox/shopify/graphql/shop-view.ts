import type { Store } from "../store.ts";

/** The store as the Admin API's Shop shows it. */
export function viewShop(store: Store) {
  const address = { countryCodeV2: store.country };
  return {
    id: `gid://shopify/Shop/${store.id}`,
    name: store.name,
    myshopifyDomain: store.domain,
    ianaTimezone: store.timezone,
    currencyCode: store.currency,
    billingAddress: address,
    shopAddress: address,
    plan: { shopifyPlus: store.plan === "plus" },
    primaryDomain: { url: store.storefrontUrl },
  };
}

import type { ActionSource, OrderSource } from "./model.ts";

/**
 * `source_name` is a free text of Shopify's (its values are not versioned); these are the ones seen. Renewals changed
 * from `subscription_contract` to `subscription_contract_checkout_one` in October 2025.
 */
const BY_SOURCE_NAME: ReadonlyMap<string, OrderSource> = new Map([
  ["web", "web"],
  ["pos", "pos"],
  ["shopify_draft_order", "draft"],
  ["subscription_contract", "subscription"],
  ["subscription_contract_checkout_one", "subscription"],
]);

/** Shopify's own apps, for orders that carry the app's ID instead of, or as, the source's name. */
const BY_APP_ID: ReadonlyMap<string, OrderSource> = new Map([
  ["580111", "web"],
  ["129785", "pos"],
  ["1354745", "draft"],
]);

const ACTION_SOURCES: Readonly<Record<OrderSource, ActionSource>> = {
  web: "website",
  pos: "physical_store",
  subscription: "system_generated",
  draft: "other",
  other: "other",
};

/** Where the order came from; imports, other apps and unknown names are `other`. */
export function readOrderSource(order: {
  readonly sourceName?: string;
  readonly appId?: string;
}): OrderSource {
  const name = order.sourceName?.trim().toLowerCase();
  if (name !== undefined) return BY_SOURCE_NAME.get(name) ?? BY_APP_ID.get(name) ?? "other";
  return (order.appId === undefined ? undefined : BY_APP_ID.get(order.appId)) ?? "other";
}

/** Meta's word for it (`action_source`). */
export function actionSourceOf(source: OrderSource): ActionSource {
  return ACTION_SOURCES[source];
}

/**
 * Only a web checkout's `client_details` are the buyer's. On a draft they are the staff's, on POS the till's, on a
 * renewal or an import those of a server.
 */
export function isBuyersBrowser(source: OrderSource): boolean {
  return source === "web";
}

/** A report of the web pixel comes from the buyer's own browser: a web checkout or a paid draft invoice. */
export function canHaveBrowserReport(source: OrderSource): boolean {
  return source !== "pos" && source !== "subscription";
}

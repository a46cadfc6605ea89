import type { SaleKind } from "../model.ts";
import type { OrderFacts } from "./order-facts.ts";
import { readSubscriptionTag } from "./subscription-tags.ts";

/** The part of an order that tells what kind of sale it is. The webhook and the Admin API both carry all of it. */
export type KindEvidence = Pick<
  OrderFacts,
  "sourceName" | "appId" | "checkoutToken" | "createdAt" | "processedAt" | "tags" | "gateways"
> & { readonly lines: readonly { readonly hasSellingPlan: boolean }[] };

/** Who took the order, as far as its source says; `app` = some app or channel that is not Shopify's own. */
type Origin = "shop" | "pos" | "draft" | "subscription" | "app" | "unknown";

/**
 * `source_name` is a free text of Shopify's (its values are not versioned): names of Shopify's own, the ID of the app
 * that made the order, or whatever an app chose. `web`, `pos`, `shopify_draft_order`, `iphone` and `android` cannot be
 * chosen by an app (Order resource, `source_name`).
 */
const BY_SOURCE_NAME: ReadonlyMap<string, Origin> = new Map([
  ["web", "shop"],
  ["www", "shop"],
  ["online_store", "shop"],
  ["checkout_next", "shop"],
  ["checkout_one", "shop"],
  ["pos", "pos"],
  ["point_of_sale", "pos"],
  ["shopify_pos", "pos"],
  // The POS app on a phone or tablet.
  ["iphone", "pos"],
  ["android", "pos"],
  ["ipad", "pos"],
  ["shopify_draft_order", "draft"],
  ["draft_order", "draft"],
  ["draft_orders", "draft"],
]);

/** Shopify's own apps, and subscription apps whose orders carry their ID. */
const BY_APP_ID: ReadonlyMap<string, Origin> = new Map([
  ["580111", "shop"],
  ["129785", "pos"],
  ["1354745", "draft"],
  // Recharge, which made every order of its own checkout.
  ["294517", "subscription"],
]);

/** In a source's or a gateway's name these mark a subscription app: `subscription_contract_checkout_one`, `recharge`. */
const SUBSCRIPTION_WORDS = new Set([
  "subscription",
  "subscriptions",
  "recurring",
  "renewal",
  "recharge",
  "ordergroove",
]);

/**
 * An order is created in the moment it is placed; a sales channel hands a sale over within hours. What was processed
 * longer before is a past sale that was brought over from elsewhere. A late payment does not widen the distance: it
 * moves `updated_at`. Milliseconds.
 */
export const IMPORT_DISTANCE_MS = 24 * 60 * 60 * 1000;

/**
 * What kind of sale an order is. Pure; decided once, by all evidence there is, and independent of the order in which
 * tags, lines and gateways come. The rules, first match wins (docs/decisions/0610):
 *
 *   a till's sale is one whatever else it carries, also where it was synced late
 *   placed long before it was created                  import
 *   a subscription app's source or a recurring tag     renewal, unless a tag says that it is the first order
 *   made from a draft                                  draft
 *   a selling plan, or a tag of a first order          first order, with a checkout or by the tag; else renewal
 *   the shop's own source                              web
 *   any other source, with a checkout                  headless: the buyer's browser passed Shopify's checkout
 *   else                                               other channel
 */
export function kindOfSale(order: KindEvidence): SaleKind {
  const origin = originOf(order);
  if (origin === "pos") return "pos";
  if (isPastSale(order)) return "import";
  const tags = new Set(order.tags.map(readSubscriptionTag));
  const hasCheckout = order.checkoutToken !== undefined;
  const isFirstByTag = tags.has("first") && (hasCheckout || !tags.has("recurring"));
  if (origin === "subscription")
    return isFirstByTag && !isContract(order) ? "subscription_first" : "subscription_renewal";
  if (tags.has("recurring") && !isFirstByTag) return "subscription_renewal";
  if (origin === "draft") return "draft";
  if (isFirstByTag) return "subscription_first";
  if (order.lines.some((line) => line.hasSellingPlan))
    return hasCheckout ? "subscription_first" : "subscription_renewal";
  if (origin === "shop") return "web";
  if (hasCheckout) return "headless";
  return "other";
}

function originOf(order: KindEvidence): Origin {
  const app = order.appId === undefined ? undefined : BY_APP_ID.get(order.appId);
  const name = order.sourceName === undefined ? "" : sourceKey(order.sourceName);
  if (name === "") {
    if (app !== undefined) return app;
    if (order.appId !== undefined) return "app";
    return isTillPayment(order) ? "pos" : "unknown";
  }
  const known = BY_SOURCE_NAME.get(name) ?? BY_APP_ID.get(name);
  if (known !== undefined) return known;
  if (hasSubscriptionWord(name)) return "subscription";
  // A new name of the shop's own checkout: an app that imports orders has no checkout of the shop's.
  if (app === "shop" && order.checkoutToken !== undefined) return "shop";
  if (app === "subscription") return "subscription";
  const isPaidBySubscription = order.checkoutToken === undefined && order.gateways.some(hasSubscriptionWord);
  return isPaidBySubscription ? "subscription" : "app";
}

/** Lower case, words joined by `_`; the ID alone where it comes as `gid://shopify/App/580111`. */
export function sourceKey(name: string): string {
  const key = name.trim().toLowerCase();
  const id = /^gid:\/\/shopify\/app\/(\d+)$/.exec(key)?.[1];
  return id ?? key.replace(/[\s_-]+/g, "_");
}

function hasSubscriptionWord(name: string): boolean {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .some((word) => SUBSCRIPTION_WORDS.has(word));
}

/** Shopify bills a contract for what comes after the first order, which went through the checkout. */
function isContract(order: KindEvidence): boolean {
  return order.sourceName !== undefined && sourceKey(order.sourceName).startsWith("subscription_contract");
}

/** Cash is taken at a till and nowhere else ("Cash on Delivery (COD)" is another gateway). */
function isTillPayment(order: KindEvidence): boolean {
  return (
    order.checkoutToken === undefined &&
    order.gateways.some((gateway) => gateway.trim().toLowerCase() === "cash")
  );
}

/**
 * Whether the sale took place clearly before Shopify created its order: an import, or a till that was offline for long.
 * Such a sale keeps its own date; what touched the order later was no payment.
 */
export function isPastSale({
  createdAt,
  processedAt,
}: Pick<KindEvidence, "createdAt" | "processedAt">): boolean {
  return createdAt !== undefined && processedAt !== undefined && createdAt - processedAt > IMPORT_DISTANCE_MS;
}

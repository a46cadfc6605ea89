/**
 * What a signed webhook body must look like before anything is done for it.
 *
 * Shopify's signature covers the body alone: not the topic, not the shop, not the time. It is also the same signature
 * (HMAC-SHA256 under the client secret) as that of session tokens, launch addresses and proxied requests. So a body works
 * at one topic only, by its own shape, and for one shop only, by what it says itself (docs/decisions/0670).
 *
 * Shapes: shopify.dev, "Webhooks" (payload of each topic) and "Privacy law compliance".
 */
import { asRecord, readId, readText, type JsonRecord } from "../../conversions/read-json.ts";
import { digitsOfGid } from "./shopify-gid.ts";

export const WEBHOOK_TOPICS = [
  "orders/paid",
  "app/uninstalled",
  "app/scopes_update",
  "customers/data_request",
  "customers/redact",
  "shop/redact",
] as const;
export type WebhookTopic = (typeof WEBHOOK_TOPICS)[number];

/** How the body names its shop. */
export interface ShopNames {
  /** Lower case; always there where the topic's shape has a domain. */
  readonly domain?: string;
  /** Digits of the shop's numeric ID. */
  readonly id?: string;
}

export type ShapeVerdict =
  | { readonly ok: true; readonly shopId: string | undefined }
  | { readonly ok: false; readonly status: 401 | 422; readonly reason: "another_topic" | "another_shop" };

/** @param shop the shop of the request's header, lower case */
export function checkWebhookShape(topic: WebhookTopic, payload: JsonRecord, shop: string): ShapeVerdict {
  const names = SHAPES[topic](payload);
  if (names === undefined) return { ok: false, status: 422, reason: "another_topic" };
  if (names.domain !== undefined && names.domain !== shop)
    return { ok: false, status: 401, reason: "another_shop" };
  return { ok: true, shopId: names.id };
}

/** Reads how a body names its shop; undefined when the body is not of the topic's shape. */
const SHAPES: Readonly<Record<WebhookTopic, (payload: JsonRecord) => ShopNames | undefined>> = {
  "orders/paid": (payload) => {
    if (hasAny(payload, NOT_IN_AN_ORDER) || !hasAny(payload, IN_AN_ORDER)) return undefined;
    const type = gidType(payload["admin_graphql_api_id"]);
    if (type !== undefined && type !== "Order") return undefined;
    return withId(shopIdOfStatusUrl(payload["order_status_url"]));
  },
  "app/uninstalled": (payload) => {
    const domain = domainAt(payload, "myshopify_domain");
    const id = readId(payload, "id");
    return domain === undefined || id === undefined || hasAny(payload, NOT_IN_A_SHOP)
      ? undefined
      : { domain, id };
  },
  "app/scopes_update": (payload) => {
    if (readScopes(payload["current"]) === undefined || readScopes(payload["previous"] ?? []) === undefined)
      return undefined;
    return withId(readId(payload, "shop_id") ?? digitsOfGid(payload["shop_id"], "Shop"));
  },
  "customers/data_request": (payload) =>
    (asRecord(payload["data_request"]) || Array.isArray(payload["orders_requested"])) &&
    !has(payload, "orders_to_redact")
      ? complianceShop(payload)
      : undefined,
  "customers/redact": (payload) =>
    (asRecord(payload["customer"]) || Array.isArray(payload["orders_to_redact"])) &&
    !hasAny(payload, ["data_request", "orders_requested"])
      ? complianceShop(payload)
      : undefined,
  // Nothing but the shop: a body about a customer or an order never deletes a shop.
  "shop/redact": (payload) =>
    has(payload, "id") || Object.values(payload).some((value) => typeof value === "object" && value !== null)
      ? undefined
      : complianceShop(payload),
};

/** Keys of which every order has some, whatever `fields` a subscription asks for. */
const IN_AN_ORDER = [
  "line_items",
  "order_number",
  "financial_status",
  "total_price",
  "current_total_price",
  "checkout_token",
];
/** Keys by which the other topics' bodies are known. */
const NOT_IN_AN_ORDER = [
  "myshopify_domain",
  "shop_domain",
  "data_request",
  "orders_requested",
  "orders_to_redact",
];
const NOT_IN_A_SHOP = ["line_items", "shop_domain", "customer", "orders_to_redact", "data_request"];

/** Shopify sends `shop_domain` with each compliance topic. */
function complianceShop(payload: JsonRecord): ShopNames | undefined {
  const domain = domainAt(payload, "shop_domain");
  return domain === undefined ? undefined : { domain, ...withId(readId(payload, "shop_id")) };
}

/** The scopes of `app/scopes_update`, which come as a list of handles. */
export function readScopes(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((scope) => typeof scope === "string" && /^\w+$/.test(scope))
    ? value
    : undefined;
}

/**
 * The numeric shop ID in `https://{any host}/{shop ID}/orders/{token}/authenticate?key=…`. The host is the shop's own
 * domain, a checkout domain or one of Shopify's, so it says nothing; the number is the shop's.
 */
function shopIdOfStatusUrl(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= 4_096
    ? /^https?:\/\/[^/?#]+\/([1-9][0-9]{0,19})\/orders\//.exec(value)?.[1]
    : undefined;
}

const has = (payload: JsonRecord, key: string): boolean => Object.hasOwn(payload, key);
const hasAny = (payload: JsonRecord, keys: readonly string[]): boolean =>
  keys.some((key) => has(payload, key));
const withId = (id: string | undefined): ShopNames => (id === undefined ? {} : { id });
const domainAt = (payload: JsonRecord, key: string): string | undefined =>
  typeof payload[key] === "string" ? readText(payload, key)?.toLowerCase() : undefined;
const gidType = (value: unknown): string | undefined =>
  typeof value === "string" ? /^gid:\/\/shopify\/(\w+)\//.exec(value)?.[1] : undefined;

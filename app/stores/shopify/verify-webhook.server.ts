import { parseJson } from "../../conversions/order/parse-order.ts";
import { asRecord, type JsonRecord } from "../../conversions/read-json.ts";
import { createBodyBudget, type BodyBudget, type HeldBody } from "../../platform/http/body-budget.server.ts";
import type { IncomingRequest } from "../../platform/http/incoming-request.server.ts";
import { SHOP_DOMAIN, type AppIdentity } from "../../platform/http/shopify-checks.server.ts";
import { checkWebhookShape, type WebhookTopic } from "./webhook-shape.ts";
import { checkWebhookSignature, type SignatureProblem } from "./webhook-signature.ts";

/** A webhook that Shopify signed, of its topic's shape and not of another shop as far as the body alone can tell. */
export interface VerifiedWebhook {
  readonly shop: string;
  readonly topic: WebhookTopic;
  readonly webhookId: string;
  /** From a header that is not signed: a hint, never a proof. */
  readonly triggeredAt?: Date;
  /** The shop's numeric ID as the body has it; to be compared with the stored one. */
  readonly shopId?: string;
  /** The body. Integers beyond 2^53 are texts of digits. */
  readonly payload: JsonRecord;
}

export interface WebhookRefusal {
  readonly ok: false;
  readonly status: 400 | 401 | 405 | 408 | 413 | 422 | 503;
  readonly reason: string;
  /** As the header names it; only where it has the form of one. */
  readonly shop?: string;
}

export type WebhookOutcome = { readonly ok: true; readonly webhook: VerifiedWebhook } | WebhookRefusal;

/** @param topic the topic of the address that the request came to */
export type VerifyWebhook = (request: IncomingRequest, topic: WebhookTopic) => Promise<WebhookOutcome>;

/** A line of an order is about 1.6 kB, so some 6,000 lines. The sweep reads what is larger from the Admin API. */
const BODY_LIMIT_BYTES = 10 * 1024 * 1024;

/** Base64 of 32 bytes. */
const SIGNATURE = /^[A-Za-z0-9+/]{43}=$/;

/**
 * The signature as Shopify's library checks it (401 for a wrong one, 400 for missing headers), without what
 * `authenticate.webhook` does after it: loading the session and perhaps refreshing its token over the network, which
 * has no place before a five-second answer (docs/decisions/0003). Then what the signature does not say: that the body is
 * a webhook at all, of this topic, of this shop (docs/decisions/0670).
 *
 * 422: signed, but not a body of this topic. 401: signed for another shop, or not signed.
 */
export function createVerifyWebhook(
  app: Pick<AppIdentity, "SHOPIFY_API_SECRET">,
  bodies: BodyBudget = createBodyBudget(),
): VerifyWebhook {
  const check = (request: IncomingRequest, topic: WebhookTopic, body: HeldBody): WebhookOutcome => {
    if (!body.ok) return refuse(STATUS_OF[body.problem], body.problem, claimedShop(request));
    const signed = checkWebhookSignature(app.SHOPIFY_API_SECRET, request.headers, body.text);
    if (!signed.ok) return refuseSignature(signed.problem);
    const shop = signed.domain.toLowerCase();
    if (!SHOP_DOMAIN.test(shop)) return refuse(400, "invalid_shop_domain");
    // Not the library's form of it, which makes one of "app/scopes_update" and "APP_SCOPES_UPDATE".
    if (request.headers.get("x-shopify-topic") !== topic) return refuse(422, "another_topic", shop);
    const parsed = readPayload(body.text);
    if (typeof parsed === "string") return refuse(422, parsed, shop);
    const shape = checkWebhookShape(topic, parsed.payload, shop);
    if (!shape.ok) return refuse(shape.status, shape.reason, shop);
    const triggeredAt = signed.triggeredAt ? new Date(signed.triggeredAt) : undefined;
    return {
      ok: true,
      webhook: {
        shop,
        topic,
        webhookId: signed.webhookId,
        ...(triggeredAt && !Number.isNaN(triggeredAt.getTime()) ? { triggeredAt } : {}),
        ...(shape.shopId === undefined ? {} : { shopId: shape.shopId }),
        payload: parsed.payload,
      },
    };
  };
  return async (request, topic) => {
    if (request.method !== "POST") return refuse(405, "not_post");
    // Before a byte of the body is read: who has nothing to show costs nothing.
    const signature = request.headers.get("x-shopify-hmac-sha256") ?? "";
    if (signature === "") return refuseSignature("missing_hmac");
    if (!SIGNATURE.test(signature)) return refuseSignature("invalid_hmac");
    return bodies.hold(request, BODY_LIMIT_BYTES, (body) => check(request, topic, body));
  };
}

/**
 * Shopify's webhook bodies are JSON objects from the first byte on. A launch address or a proxied request is a text of
 * names and values, signed with the same secret, and whoever opens the address chooses some of the names: one that begins
 * with a space sorts first, so that such a text can be made to parse as JSON.
 */
function readPayload(text: string): { readonly payload: JsonRecord } | string {
  const parsed = parseJson(text);
  if ("problem" in parsed) return parsed.problem.code;
  const payload = asRecord(parsed.value);
  if (payload === undefined) return "not_an_object";
  return text.startsWith("{") && !isSignedQuery(text) ? { payload } : "not_a_webhook";
}

/**
 * What every launch address or every proxied request carries, all of it. An order whose landing page has the same three
 * parameters is refused with them; the sweep reads it from the Admin API.
 */
function isSignedQuery(text: string): boolean {
  return (
    /shop=[a-z0-9-]+\.myshopify\.com/i.test(text) &&
    /timestamp=\d{9}/i.test(text) &&
    /(?:host|path_prefix)=/i.test(text)
  );
}

const STATUS_OF = { too_large: 413, aborted: 400, not_utf8: 400, too_slow: 408, no_room: 503 } as const;

/** Not proved by anything: for the log, so that a refused order can be looked for. */
function claimedShop(request: IncomingRequest): string | undefined {
  const shop = request.headers.get("x-shopify-shop-domain")?.toLowerCase() ?? "";
  return SHOP_DOMAIN.test(shop) ? shop : undefined;
}

function refuseSignature(problem: SignatureProblem): WebhookRefusal {
  return refuse(problem === "invalid_hmac" ? 401 : 400, problem);
}

function refuse(status: WebhookRefusal["status"], reason: string, shop?: string): WebhookRefusal {
  return { ok: false, status, reason, ...(shop === undefined ? {} : { shop }) };
}

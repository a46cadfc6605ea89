import { WebhookValidationErrorReason } from "@shopify/shopify-api";

import { readBody } from "../platform/read-body.server.ts";
import {
  createShopifyChecks,
  SHOP_DOMAIN,
  type AppIdentity,
  type ShopifyApiVersion,
} from "../platform/shopify-checks.server.ts";

/** A webhook that Shopify signed; the body is still text, so that each topic reads it with its own care. */
export interface VerifiedWebhook {
  readonly shop: string;
  readonly topic: string;
  readonly webhookId: string;
  readonly triggeredAt?: Date;
  readonly body: string;
}

export type WebhookOutcome =
  | { readonly ok: true; readonly webhook: VerifiedWebhook }
  | { readonly ok: false; readonly status: 400 | 401 | 405 | 413; readonly reason: string };

export type VerifyWebhook = (request: Request) => Promise<WebhookOutcome>;

/** Far above any order seen (a 250-line order is about 400 kB); Shopify itself stops below this. */
const BODY_LIMIT_BYTES = 2 * 1024 * 1024;

/**
 * Shopify's own check of the signature (401 for a wrong one, 400 for missing headers), without what
 * `authenticate.webhook` does after it: loading the session and perhaps refreshing its token over the network, which
 * has no place before a five-second answer (docs/decisions/0003).
 */
export function createVerifyWebhook(app: AppIdentity, apiVersion: ShopifyApiVersion): VerifyWebhook {
  const api = createShopifyChecks(app, apiVersion);
  return async (request) => {
    if (request.method !== "POST") return { ok: false, status: 405, reason: "not_post" };
    const body = await readBody(request, BODY_LIMIT_BYTES);
    if (!body.ok)
      return { ok: false, status: body.problem === "too_large" ? 413 : 400, reason: body.problem };
    const check = await api.webhooks.validate({
      rawBody: body.text,
      rawRequest: new Request(request.url, { method: "POST", headers: request.headers }),
    });
    if (!check.valid) {
      const forged = check.reason === WebhookValidationErrorReason.InvalidHmac;
      return { ok: false, status: forged ? 401 : 400, reason: check.reason };
    }
    const shop = check.domain.toLowerCase();
    if (!SHOP_DOMAIN.test(shop)) return { ok: false, status: 400, reason: "invalid_shop_domain" };
    const triggeredAt = check.triggeredAt ? new Date(check.triggeredAt) : undefined;
    return {
      ok: true,
      webhook: {
        shop,
        topic: check.topic,
        webhookId: check.webhookId,
        ...(triggeredAt && !Number.isNaN(triggeredAt.getTime()) ? { triggeredAt } : {}),
        body: body.text,
      },
    };
  };
}

import { isSale } from "../conversions/order/financial-status.ts";
import { parseOrderValue } from "../conversions/order/parse-order.ts";
import type { IncomingRequest } from "../platform/http/incoming-request.server.ts";
import { judgeFailure } from "../platform/database/judge-failure.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import type { RefuseWebhook } from "../stores/shopify/refuse-webhook.server.ts";
import type { VerifyWebhook } from "../stores/shopify/verify-webhook.server.ts";
import type { Intake } from "./take-in-order.server.ts";

/**
 * One `orders/paid` webhook from the wire to the answer. Shopify sends again, up to eight times in four hours, whatever is
 * not answered 2xx:
 * - 200: stored, there already, or nothing to store. An order that is not paid is ignored; its `orders/paid` comes later.
 * - 401, 422: no order of this shop, unreadable, or refused by the database. Sending it again changes nothing; the status
 *   makes the failure visible in Shopify's own log.
 * - 503: the database is away or the app is overloaded; sent again, the order is taken in.
 */
export async function receiveOrdersPaid(
  deps: {
    readonly verifyWebhook: VerifyWebhook;
    readonly refuseWebhook: RefuseWebhook;
    readonly intake: Intake;
    readonly log: Log;
    readonly metrics: Metrics;
  },
  request: IncomingRequest,
): Promise<Response> {
  const topic = "orders/paid";
  const arrivedAt = performance.now();
  const count = (outcome: string) => deps.metrics.webhooks.inc({ topic, outcome });
  const verified = await deps.verifyWebhook(request, topic);
  if (!verified.ok) return deps.refuseWebhook({ topic, ...verified });
  const { shop, shopId, webhookId, payload } = verified.webhook;
  const refuse = (status: number, reason: string) =>
    deps.refuseWebhook({ topic, status, reason, shop, webhookId });
  const parsed = parseOrderValue(payload);
  if (!parsed.ok) return refuse(422, parsed.problem.code);
  if (!isSale(payload["financial_status"])) {
    count("not_a_sale");
    deps.log.info({ shop, webhookId, orderId: parsed.order.id, reason: "not_a_sale" }, "order ignored");
    return new Response(null, { status: 200 });
  }
  try {
    const outcome = await deps.intake.takeIn({
      shop,
      ...(shopId === undefined ? {} : { shopId }),
      order: parsed.order,
      via: "webhook",
      waitedMs: performance.now() - arrivedAt,
    });
    if (outcome.kind === "ignored" && outcome.reason === "another_shop") return refuse(401, outcome.reason);
    // The intake has said why, in the log and to the merchant.
    if (outcome.kind === "refused") return refuse(422, outcome.reason);
    count(outcome.kind === "ignored" ? outcome.reason : outcome.kind);
    const which = { shop, webhookId, orderId: parsed.order.id };
    if (outcome.kind === "ignored") deps.log.info({ ...which, reason: outcome.reason }, "order ignored");
    else if (outcome.kind === "stored")
      deps.log.debug({ ...which, conversion: String(outcome.conversionId) }, "order taken in");
    return new Response(null, { status: 200 });
  } catch (error) {
    const reason = judgeFailure(error);
    count(reason);
    deps.log.error(
      { err: error, shop, webhookId, orderId: parsed.order.id, status: 503, reason },
      "the order could not be stored; Shopify will send it again",
    );
    return new Response(null, { status: 503, headers: { "retry-after": "30" } });
  }
}

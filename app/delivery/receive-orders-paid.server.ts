import { parseOrder } from "../conversions/parse-order.ts";
import type { Log } from "../platform/log.server.ts";
import type { Metrics } from "../platform/metrics.server.ts";
import type { VerifyWebhook } from "../stores/verify-webhook.server.ts";
import type { Intake } from "./take-in-order.server.ts";

/**
 * One `orders/paid` webhook from the wire to the answer. Only what Shopify must send again gets an answer that makes it
 * do so: an unreadable order stays unreadable (422), a database that is away comes back (503).
 */
export async function receiveOrdersPaid(
  deps: {
    readonly verifyWebhook: VerifyWebhook;
    readonly intake: Intake;
    readonly log: Log;
    readonly metrics: Metrics;
  },
  request: Request,
): Promise<Response> {
  const count = (outcome: string) => deps.metrics.webhooks.inc({ topic: "orders/paid", outcome });
  const verified = await deps.verifyWebhook(request);
  if (!verified.ok) {
    count(verified.reason);
    deps.log.warn(
      { topic: "orders/paid", reason: verified.reason, status: verified.status },
      "webhook refused",
    );
    return new Response(null, { status: verified.status });
  }
  const { shop, webhookId, body } = verified.webhook;
  const parsed = parseOrder(body);
  if (!parsed.ok) {
    count(parsed.problem.code);
    deps.log.warn(
      { topic: "orders/paid", shop, webhookId, reason: parsed.problem.code, status: 422 },
      "webhook refused",
    );
    return new Response(null, { status: 422 });
  }
  try {
    const outcome = await deps.intake.takeIn({ shop, order: parsed.order, via: "webhook", webhookId });
    count(outcome.kind === "ignored" ? outcome.reason : outcome.kind);
    if (outcome.kind === "ignored")
      deps.log.info({ shop, webhookId, reason: outcome.reason }, "order ignored");
    return new Response(null, { status: 200 });
  } catch (error) {
    count("database_unreachable");
    deps.log.error(
      { err: error, shop, webhookId, status: 503 },
      "the order could not be stored; Shopify will send it again",
    );
    return new Response(null, { status: 503, headers: { "retry-after": "30" } });
  }
}

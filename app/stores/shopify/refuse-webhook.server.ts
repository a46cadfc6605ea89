import { createLogLimiter } from "../../platform/process/log-limiter.server.ts";
import type { Log } from "../../platform/process/log.server.ts";
import type { Metrics } from "../../platform/process/metrics.server.ts";
import type { WebhookTopic } from "./webhook-shape.ts";

/** Answers a webhook that is not taken: counted by reason, logged up to a limit, since anybody can send such requests. */
export type RefuseWebhook = (refusal: {
  readonly topic: WebhookTopic;
  readonly status: number;
  /** From a closed list: it is a label of a metric. */
  readonly reason: string;
  readonly shop?: string;
  readonly webhookId?: string;
}) => Response;

export function createRefuseWebhook(deps: { readonly log: Log; readonly metrics: Metrics }): RefuseWebhook {
  const limiter = createLogLimiter(deps.log);
  return (refusal) => {
    const { topic, status, reason, shop, webhookId } = refusal;
    deps.metrics.webhooks.inc({ topic, outcome: reason });
    limiter.warn(
      `${topic} ${reason}`,
      { topic, reason, status, ...(shop ? { shop } : {}), ...(webhookId ? { webhookId } : {}) },
      "webhook refused",
    );
    return new Response(null, { status, headers: status === 503 ? { "retry-after": "10" } : {} });
  };
}

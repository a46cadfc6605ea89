import type { Clock } from "../platform/process/clock.ts";
import type { Database } from "../platform/database/database.server.ts";
import { judgeFailure } from "../platform/database/judge-failure.ts";
import type { Log } from "../platform/process/log.server.ts";
import type { Metrics } from "../platform/process/metrics.server.ts";
import type { PeriodicJobs } from "../platform/process/periodic-jobs.server.ts";
import { isAnotherShop } from "../stores/shopify/judge-shop-id.ts";
import type { RefuseWebhook } from "../stores/shopify/refuse-webhook.server.ts";
import type { VerifyWebhook } from "../stores/shopify/verify-webhook.server.ts";
import { COMPLIANCE_DEADLINE_MS, readComplianceRequest, type ComplianceTopic } from "./compliance-request.ts";

/** The periodic job that carries out what is recorded here. */
export const COMPLIANCE_JOB = "compliance";

/**
 * One compliance webhook from the wire to the answer: it is written down, without a raw value in it, and answered. The
 * work is done at once in the background, or by the periodic job when this process ends before.
 */
export async function receiveComplianceRequest(
  deps: {
    readonly verifyWebhook: VerifyWebhook;
    readonly refuseWebhook: RefuseWebhook;
    readonly database: Database;
    readonly jobs: Pick<PeriodicJobs, "runNow">;
    readonly clock: Clock;
    readonly log: Log;
    readonly metrics: Metrics;
  },
  topic: ComplianceTopic,
  request: Request,
): Promise<Response> {
  const answer = (status: number, outcome: string): Response => {
    deps.metrics.webhooks.inc({ topic, outcome });
    return new Response(null, { status, ...(status === 503 ? { headers: { "retry-after": "30" } } : {}) });
  };
  const verified = await deps.verifyWebhook(request, topic);
  if (!verified.ok) return deps.refuseWebhook({ topic, ...verified });
  const { shop, shopId, webhookId, payload } = verified.webhook;
  try {
    const { prisma } = deps.database;
    const store = await prisma.store.findUnique({ where: { shop }, select: { country: true, shopId: true } });
    // The body names its shop twice: the domain is compared already, and a domain can change hands.
    if (isAnotherShop({ claimed: shopId, own: store?.shopId ?? undefined, isKnownElsewhere: false }))
      return deps.refuseWebhook({ topic, status: 401, reason: "another_shop", shop, webhookId });
    const parsed = readComplianceRequest(topic, payload, store?.country ?? undefined);
    const repeated = await record(deps, {
      topic,
      shop,
      subject: parsed.subject,
      requestKey: parsed.requestKey,
    });
    deps.jobs
      .runNow(COMPLIANCE_JOB)
      .catch((error: unknown) =>
        deps.log.error({ err: error, topic, shop }, "a compliance request waits for its job"),
      );
    return answer(200, repeated ? "repeated" : "stored");
  } catch (error) {
    deps.log.error(
      { err: error, topic, shop },
      "a compliance request could not be stored; Shopify will send it again",
    );
    return answer(503, judgeFailure(error));
  }
}

/**
 * A repeat of a request that is open changes nothing. A repeat of one that is done opens it again: the same customer
 * may have bought again meanwhile, and doing it twice does no harm.
 *
 * @returns true when it was known
 */
async function record(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  request: {
    readonly topic: ComplianceTopic;
    readonly shop: string;
    readonly subject: object;
    readonly requestKey: string;
  },
): Promise<boolean> {
  const now = clock();
  const [row] = await database.prisma.$queryRaw<{ known: boolean }[]>`
    WITH known AS (
      SELECT 1 FROM compliance_request
      WHERE shop = ${request.shop} AND topic = ${request.topic} AND request_key = ${request.requestKey}
    ), written AS (
      INSERT INTO compliance_request AS r (shop, topic, request_key, subject, received_at, due_at)
      VALUES (${request.shop}, ${request.topic}, ${request.requestKey}, ${JSON.stringify(request.subject)}::jsonb,
              ${new Date(now)}::timestamptz, ${new Date(now + COMPLIANCE_DEADLINE_MS)}::timestamptz)
      ON CONFLICT (shop, topic, request_key) DO UPDATE
        SET subject = excluded.subject, received_at = excluded.received_at, due_at = excluded.due_at,
            completed_at = NULL, progress = NULL, result = NULL, sealed_export = NULL, export_expires_at = NULL
        WHERE r.completed_at IS NOT NULL
    )
    SELECT EXISTS (SELECT 1 FROM known) AS known`;
  return row?.known ?? false;
}

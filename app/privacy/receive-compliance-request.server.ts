import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.server.ts";
import type { Log } from "../platform/log.server.ts";
import type { Metrics } from "../platform/metrics.server.ts";
import type { PeriodicJobs } from "../platform/periodic-jobs.server.ts";
import type { VerifyWebhook } from "../stores/verify-webhook.server.ts";
import {
  COMPLIANCE_DEADLINE_MS,
  parseComplianceRequest,
  type ComplianceTopic,
} from "./compliance-request.ts";

/** The periodic job that carries out what is recorded here. */
export const COMPLIANCE_JOB = "compliance";

/**
 * One compliance webhook from the wire to the answer: it is written down, without a raw value in it, and answered. The
 * work is done at once in the background, or by the periodic job when this process ends before.
 */
export async function receiveComplianceRequest(
  deps: {
    readonly verifyWebhook: VerifyWebhook;
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
    if (status >= 400) deps.log.warn({ topic, reason: outcome, status }, "webhook refused");
    return new Response(null, { status, ...(status === 503 ? { headers: { "retry-after": "30" } } : {}) });
  };
  const verified = await deps.verifyWebhook(request);
  if (!verified.ok) return answer(verified.status, verified.reason);
  const { shop, body } = verified.webhook;
  try {
    const { prisma } = deps.database;
    const store = await prisma.store.findUnique({ where: { shop }, select: { country: true } });
    const parsed = parseComplianceRequest(topic, body, store?.country ?? undefined);
    if (!parsed.ok) return answer(422, parsed.problem);
    // Only the body is signed: a body of another shop under this shop's name is a replay.
    if (parsed.shop !== undefined && parsed.shop !== shop) return answer(401, "another_shop");
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
    return answer(503, "database_unreachable");
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

import type { Clock } from "../platform/clock.ts";
import type { Database } from "../platform/database.server.ts";
import type { Log } from "../platform/log.server.ts";
import type { Metrics } from "../platform/metrics.server.ts";
import { uninstallStore } from "./uninstall-store.server.ts";
import type { VerifiedWebhook, VerifyWebhook } from "./verify-webhook.server.ts";

interface Dependencies {
  readonly verifyWebhook: VerifyWebhook;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** app/uninstalled, from the wire to the answer. */
export async function receiveAppUninstalled(deps: Dependencies, request: Request): Promise<Response> {
  return receive(deps, "app/uninstalled", request, ({ shop, triggeredAt }) =>
    uninstallStore(deps, { shop, ...(triggeredAt ? { triggeredAt } : {}) }),
  );
}

/** app/scopes_update: keeps which scopes the store has granted now. */
export async function receiveScopesUpdate(deps: Dependencies, request: Request): Promise<Response> {
  return receive(deps, "app/scopes_update", request, async ({ shop, body }) => {
    const scopes = readScopes(body);
    if (!scopes) return "malformed";
    const { prisma } = deps.database;
    const scope = scopes.join(",");
    await prisma.session.updateMany({ where: { shop }, data: { scope } });
    const { count } = await prisma.store.updateMany({ where: { shop }, data: { scopes: scope } });
    return count > 0 ? "updated" : "unknown";
  });
}

/** An unreadable body stays unreadable (422); a database that is away comes back (503), so that Shopify tries again. */
async function receive(
  deps: Dependencies,
  topic: string,
  request: Request,
  work: (webhook: VerifiedWebhook) => Promise<string>,
): Promise<Response> {
  const verified = await deps.verifyWebhook(request);
  if (!verified.ok) {
    deps.metrics.webhooks.inc({ topic, outcome: verified.reason });
    deps.log.warn({ topic, reason: verified.reason, status: verified.status }, "webhook refused");
    return new Response(null, { status: verified.status });
  }
  const { shop } = verified.webhook;
  try {
    const outcome = await work(verified.webhook);
    deps.metrics.webhooks.inc({ topic, outcome });
    deps.log.info({ topic, shop, outcome }, "webhook handled");
    return new Response(null, { status: outcome === "malformed" ? 422 : 200 });
  } catch (error) {
    deps.metrics.webhooks.inc({ topic, outcome: "database_unreachable" });
    deps.log.error(
      { err: error, topic, shop, status: 503 },
      "webhook not handled; Shopify will send it again",
    );
    return new Response(null, { status: 503, headers: { "retry-after": "30" } });
  }
}

function readScopes(body: string): readonly string[] | undefined {
  try {
    const current = (JSON.parse(body) as { current?: unknown } | null)?.current;
    return Array.isArray(current) &&
      current.every((scope) => typeof scope === "string" && /^\w+$/.test(scope))
      ? current
      : undefined;
  } catch {
    return undefined;
  }
}

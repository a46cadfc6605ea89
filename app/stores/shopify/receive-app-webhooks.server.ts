import { setTimeout as sleep } from "node:timers/promises";

import type { Clock } from "../../platform/process/clock.ts";
import type { Database } from "../../platform/database/database.server.ts";
import { judgeFailure } from "../../platform/database/judge-failure.ts";
import type { Log } from "../../platform/process/log.server.ts";
import type { Metrics } from "../../platform/process/metrics.server.ts";
import { READ_SHOP } from "./admin-operations.ts";
import type { CallAdmin } from "./call-admin.server.ts";
import type { CheckInstallation } from "./check-installation.server.ts";
import { isAnotherShop } from "./judge-shop-id.ts";
import type { RefuseWebhook } from "./refuse-webhook.server.ts";
import { readFacts } from "./sync-storefront.server.ts";
import { takeUninstall } from "./take-uninstall.server.ts";
import type { VerifiedWebhook, VerifyWebhook } from "./verify-webhook.server.ts";
import { readScopes, type WebhookTopic } from "./webhook-shape.ts";

interface Dependencies {
  readonly verifyWebhook: VerifyWebhook;
  readonly refuseWebhook: RefuseWebhook;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** app/uninstalled, from the wire to the answer. */
export async function receiveAppUninstalled(
  deps: Dependencies & { readonly checkInstallation: CheckInstallation },
  request: Request,
): Promise<Response> {
  return receive(deps, "app/uninstalled", request, ({ shop, triggeredAt }) =>
    takeUninstall(deps, { shop, ...(triggeredAt ? { triggeredAt } : {}) }),
  );
}

/** Of the five seconds that Shopify gives a webhook. */
const WITHIN_WEBHOOK_MS = 2_000;

/**
 * app/scopes_update: keeps which scopes the store has granted now. The body names its shop by the numeric ID alone. Where
 * that does not prove the store (the ID is not stored yet, or the body of an older version has none), Shopify is asked
 * with the store's own token, and the body is not believed.
 */
export async function receiveScopesUpdate(
  deps: Dependencies & { readonly callAdmin: CallAdmin },
  request: Request,
): Promise<Response> {
  return receive(deps, "app/scopes_update", request, async ({ shop, shopId, payload }, ownId) => {
    if (ownId !== undefined && shopId === ownId) {
      const { prisma } = deps.database;
      const scope = (readScopes(payload["current"]) ?? []).join(",");
      await prisma.session.updateMany({ where: { shop }, data: { scope } });
      const { count } = await prisma.store.updateMany({ where: { shop }, data: { scopes: scope } });
      return count > 0 ? "updated" : "unknown";
    }
    return askForScopes(deps, shop);
  });
}

async function askForScopes(
  deps: Dependencies & { readonly callAdmin: CallAdmin },
  shop: string,
): Promise<string> {
  const { prisma } = deps.database;
  if ((await prisma.store.count({ where: { shop, state: "installed" } })) === 0) return "unknown";
  const late = new AbortController();
  const answer = await Promise.race([
    deps.callAdmin(shop, READ_SHOP),
    sleep(WITHIN_WEBHOOK_MS, undefined, { signal: late.signal, ref: false }).catch(() => undefined),
  ]);
  late.abort();
  if (!answer || (!answer.ok && (answer.problem === "unreachable" || answer.problem === "throttled")))
    throw new ShopifySilent("Shopify did not say in time which scopes the store has granted");
  if (!answer.ok) return "not_proven";
  const scopes = readScopes(answer.data.currentAppInstallation?.accessScopes?.map((scope) => scope?.handle));
  if (!scopes) return "not_proven";
  const scope = scopes.join(",");
  await prisma.session.updateMany({ where: { shop }, data: { scope } });
  await prisma.store.updateMany({
    where: { shop, state: "installed" },
    data: { ...readFacts(answer.data), scopes: scope },
  });
  return "updated";
}

class ShopifySilent extends Error {
  override readonly name = "ShopifySilent";
}

/**
 * A body that is not this topic's or not this store's stays so (422, 401); a database that is away comes back (503), so
 * that Shopify tries again.
 */
async function receive(
  deps: Dependencies,
  topic: WebhookTopic,
  request: Request,
  work: (webhook: VerifiedWebhook, ownShopId: string | undefined) => Promise<string>,
): Promise<Response> {
  const verified = await deps.verifyWebhook(request, topic);
  if (!verified.ok) return deps.refuseWebhook({ topic, ...verified });
  const { shop, shopId, webhookId } = verified.webhook;
  try {
    const store = await deps.database.prisma.store.findUnique({ where: { shop }, select: { shopId: true } });
    const own = store?.shopId ?? undefined;
    const isKnownElsewhere =
      own === undefined &&
      shopId !== undefined &&
      (await deps.database.prisma.store.count({ where: { shopId, shop: { not: shop } } })) > 0;
    if (isAnotherShop({ claimed: shopId, own, isKnownElsewhere }))
      return deps.refuseWebhook({ topic, status: 401, reason: "another_shop", shop, webhookId });
    const outcome = await work(verified.webhook, own);
    deps.metrics.webhooks.inc({ topic, outcome });
    deps.log.info({ topic, shop, outcome }, "webhook handled");
    return new Response(null, { status: 200 });
  } catch (error) {
    const reason = error instanceof ShopifySilent ? "shopify_silent" : judgeFailure(error);
    deps.metrics.webhooks.inc({ topic, outcome: reason });
    deps.log.error(
      { err: error, topic, shop, status: 503, reason },
      "webhook not handled; Shopify will send it again",
    );
    return new Response(null, { status: 503, headers: { "retry-after": "30" } });
  }
}

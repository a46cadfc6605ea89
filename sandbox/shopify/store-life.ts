import { randomInt } from "node:crypto";
import type { AccessTokens } from "./auth/access-tokens.ts";
import type { Store } from "./store.ts";
import type { SendOptions, WebhookOutcome, WebhookSender } from "./webhooks/send-webhooks.ts";
import { scopesUpdateBody, shopRedactBody, uninstalledBody } from "./webhooks/webhook-bodies.ts";

export interface StoreLifeContext {
  readonly tokens: AccessTokens;
  readonly webhooks: WebhookSender;
  readonly scopes: readonly string[];
  readonly now: () => number;
}

/** The merchant agrees to the scopes. The app itself only hears of it when it is opened for the first time. */
export function installApp(store: Store, context: StoreLifeContext): void {
  if (store.installation) return;
  store.installation = {
    id: String(randomInt(1, 2 ** 40)),
    installedAt: context.now(),
    scopes: [...context.scopes],
  };
}

/**
 * The merchant removes the app: tokens die at once, app-owned metafields and the web pixel go with the installation, the
 * embed stays saved in the theme but renders nothing; `app/uninstalled` follows.
 */
export function uninstallApp(
  store: Store,
  context: StoreLifeContext,
  options?: SendOptions,
): Promise<WebhookOutcome> {
  const body = uninstalledBody(store);
  context.tokens.revokeShop(store.domain);
  store.installation = undefined;
  store.metafields.clear();
  store.webPixel = undefined;
  return context.webhooks.send({ topic: "app/uninstalled", shop: store.domain, body }, options);
}

/** 48 hours after an uninstall, whether or not the app has come back since. */
export function redactShop(store: Store, context: StoreLifeContext): Promise<WebhookOutcome> {
  return context.webhooks.send({ topic: "shop/redact", shop: store.domain, body: shopRedactBody(store) });
}

export function changeScopes(
  store: Store,
  scopes: readonly string[],
  context: StoreLifeContext,
): Promise<WebhookOutcome> {
  const previous = store.installation?.scopes ?? [];
  if (store.installation) store.installation.scopes = [...scopes];
  const body = scopesUpdateBody(store, previous, context.now());
  return context.webhooks.send({ topic: "app/scopes_update", shop: store.domain, body });
}

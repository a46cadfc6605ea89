import { html, type Reply } from "./http/http-server.ts";
import { markup } from "./http/html-template.ts";
import type { ShopifyState } from "./shopify-sandbox.ts";
import type { Store } from "./store.ts";

/** The sandbox's front page: every store, where to go and what to press. */
export function indexPage(state: ShopifyState): Reply {
  const { apiKey, appUrl, metaUrl } = state.options;
  const press = (
    store: Store,
    command: string,
    label: string,
    fields: Readonly<Record<string, string>> = {},
  ) => markup`
    <form method="post" action="/__control/${command}"><input type="hidden" name="shop" value="${store.domain}">
      ${Object.entries(fields).map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`)}
      <button>${label}</button></form>`;
  const rows = [...state.stores.values()].map(
    (store) => markup`<section><h2>${store.name} <small>${store.domain} · ${store.currency}</small></h2>
      <p><a href="/store/${store.handle}/apps/${apiKey}">App in the admin</a> · <a href="${store.storefrontUrl}">Storefront</a> ·
        <a href="/store/${store.handle}/orders">Orders (${store.orders.size})</a> ·
        ${store.installation ? "installed" : "not installed"} · embed ${store.embed.active ? "on" : "off"} ·
        pixel ${store.webPixel ? "on" : "off"}</p>
      <div class="row">
        ${store.installation ? press(store, "uninstall", "Uninstall") : press(store, "install", "Install")}
        ${press(store, "embed", store.embed.active ? "Switch embed off" : "Switch embed on", { active: String(!store.embed.active) })}
        ${press(store, "orders", "Send 1 order", { count: "1" })}
        ${press(store, "orders", "Send 20 orders", { count: "20" })}
        ${press(store, "expire-tokens", "Expire tokens")}
      </div></section>`,
  );
  const { stats } = state.webhooks;
  return html(
    markup`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Small Shopify</title><link rel="icon" href="data:,">
      <style>body{font:15px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem}.row{display:flex;gap:.5rem;flex-wrap:wrap}
      section{border-top:1px solid #ccc;padding:.5rem 0}small{font-weight:400;color:#555}</style></head><body>
      <h1>Small Shopify</h1>
      <p>App at <a href="${appUrl}">${appUrl}</a>${metaUrl === undefined ? undefined : markup` · Meta at <a href="${metaUrl}">${metaUrl}</a>`} ·
        <a href="/__control/state">state</a> · <a href="/__control/webhooks">webhook log</a></p>
      <p>Webhooks: ${stats.sent} sent, ${stats.ok} taken, ${stats.failed} failed, ${stats.lost} lost.</p>
      ${rows}</body></html>`.text,
  );
}

import { html, redirect, type Reply } from "../http/http-server.ts";
import { markup } from "../http/html-template.ts";
import type { ShopifyState } from "../shopify-sandbox.ts";
import type { Store } from "../store.ts";
import { adminPage } from "./admin-frame.ts";

/** Shopify asks for the scopes before it opens an app that is not installed. */
function installPage(store: Store, state: ShopifyState): Reply {
  const { apiKey } = state.options;
  const main = markup`<div class="page"><div class="card">
    <h1>Install Tandem</h1>
    <p>The app asks for:</p>
    <ul>${state.scopes.map((scope) => markup`<li>${scope}</li>`)}</ul>
    <form method="post" action="/store/${store.handle}/apps/${apiKey}/__install"><button class="primary">Install</button></form>
  </div></div>`;
  return html(adminPage({ store, apiKey, title: "Install app", main }));
}

/** The page that frames the app at `path`, as after a click on it in the admin. */
export function appPage(store: Store, path: string, state: ShopifyState): Reply {
  if (!store.installation) return installPage(store, state);
  const { apiKey, appUrl } = state.options;
  const main = markup`
    <div id="loading"></div>
    <div id="title-bar"><span id="app-title">Tandem</span><span id="app-actions"></span></div>
    <iframe id="app" title="Tandem" src="${state.launchUrl(store.domain, path)}" allow="clipboard-write"></iframe>
    <div id="toasts" aria-live="polite"></div>`;
  const storePath = `/store/${store.handle}`;
  const config = {
    appOrigin: new URL(appUrl).origin,
    base: `${storePath}/apps/${apiKey}`,
    appTitle: "Tandem",
    storePath,
  };
  return html(adminPage({ store, apiKey, title: "Tandem", main, config }));
}

export function installAndOpen(store: Store, state: ShopifyState): Reply {
  state.install(store.domain);
  return redirect(`/store/${store.handle}/apps/${state.options.apiKey}`);
}

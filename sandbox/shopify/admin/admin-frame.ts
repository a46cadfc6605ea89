import { inlineJson, markup, type Html } from "../http/html-template.ts";
import type { Store } from "../store.ts";

const STYLE = `
  * { box-sizing: border-box }
  body { margin: 0; font: 14px/1.4 system-ui, sans-serif; color: #303030; background: #1a1a1a }
  header { height: 56px; display: flex; align-items: center; gap: 16px; padding: 0 16px; color: #e3e3e3 }
  header .store { margin-left: auto }
  main, aside { background: #f1f1f1 }
  .body { display: flex; height: calc(100vh - 56px) }
  aside { width: 240px; flex: none; padding: 12px; background: #ebebeb; border-top-left-radius: 12px; overflow: auto }
  aside ul { list-style: none; margin: 0 0 12px; padding: 0 }
  aside ul ul { margin: 0 0 0 20px }
  aside a { display: block; padding: 4px 8px; border-radius: 8px; color: inherit; text-decoration: none }
  aside a:hover, aside a[aria-current] { background: #fafafa; font-weight: 600 }
  main { flex: 1; display: flex; flex-direction: column; border-top-right-radius: 12px; overflow: hidden; position: relative }
  .page { padding: 24px; overflow: auto; max-width: 1000px }
  .card { background: #fff; border-radius: 12px; padding: 16px; margin: 0 0 16px; box-shadow: 0 1px 0 rgba(0,0,0,.1) }
  #title-bar { display: flex; align-items: center; gap: 8px; padding: 8px 16px; border-bottom: 1px solid #e3e3e3; background: #fff }
  #app-title { font-weight: 600; margin-right: auto }
  button { font: inherit; padding: 4px 12px; border-radius: 8px; border: 1px solid #c9c9c9; background: #fff; cursor: pointer }
  button.primary { background: #303030; color: #fff; border-color: #303030 }
  button:disabled { opacity: .5; cursor: default }
  #save-bar { margin: 0 auto; display: flex; gap: 8px; align-items: center; background: #303030; padding: 6px 12px; border-radius: 10px }
  #save-bar[hidden] { display: none }
  iframe#app { border: 0; flex: 1; width: 100%; background: #f1f1f1 }
  #toasts { position: absolute; bottom: 24px; left: 0; right: 0; display: flex; flex-direction: column; align-items: center; gap: 8px; pointer-events: none }
  .toast { background: #1a1a1a; color: #fff; padding: 8px 8px 8px 16px; border-radius: 10px; display: flex; gap: 12px; align-items: center; pointer-events: auto }
  .toast.error { background: #8e0b21 }
  .toast button { background: none; border: 0; color: inherit }
  #loading { height: 3px; background: transparent; position: absolute; top: 0; left: 0; right: 0 }
  #loading[data-on] { background: #2c6ecb }
  table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; padding: 6px 8px; border-bottom: 1px solid #e3e3e3 }
`;

export interface AdminPage {
  readonly store: Store;
  readonly apiKey: string;
  readonly title: string;
  readonly main: Html;
  /** For the script of a framed app. */
  readonly config?: unknown;
}

/** A page of the store's admin: top bar, menu on the left, the given middle. */
export function adminPage({ store, apiKey, title, main, config }: AdminPage): string {
  const base = `/store/${store.handle}`;
  const entry = (path: string, label: string): Html => markup`<li><a href="${base}${path}">${label}</a></li>`;
  return markup`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
  <title>${title} · ${store.name}</title>
  <link rel="icon" href="data:,">
  <style>${STYLE}</style>
</head>
<body>
  <header><a href="/" style="color:inherit">Sandbox admin</a><div id="save-bar" role="region" aria-label="Unsaved changes" hidden></div><span class="store">${store.name}</span></header>
  <div class="body">
    <aside><nav aria-label="Admin">
      <ul>${[entry("", "Home"), entry("/orders", "Orders"), entry("/themes/current/editor", "Online Store")]}
        <li><a href="${store.storefrontUrl}">View your store</a></li></ul>
      <strong>Apps</strong>
      <ul><li><a href="${base}/apps/${apiKey}" data-app="/">Tandem</a><ul id="app-nav"></ul></li></ul>
    </nav></aside>
    <main>${main}</main>
  </div>
  ${config === undefined ? undefined : markup`<script type="application/json" id="admin-config">${inlineJson(config)}</script><script src="/admin-host.js"></script>`}
</body>
</html>`.text;
}

// Stand-in for https://cdn.shopify.com/shopifycloud/app-bridge.js inside the sandbox's admin.
import { catchAdminLinks, followHistory, goTo, readConfig, visiblePath } from "./bridge-navigation.ts";
import { type AskAdmin, askAdminAt, type HostEvent, type Requests } from "./bridge-wire.ts";
import { defineSaveBar } from "./save-bar.ts";

function start(script: HTMLScriptElement): void {
  const config = readConfig(script);
  const { adminOrigin, apiKey, handle } = config;
  if (window.top === window) {
    // Outside of the admin App Bridge goes there, if it knows where.
    const path = visiblePath(new URL(window.location.href));
    if (handle !== "") window.location.replace(`${adminOrigin}/store/${handle}/apps/${apiKey}${path}`);
    return;
  }
  const ask = askAdminAt(adminOrigin);
  const idToken = (): Promise<string> => ask("idToken", null);

  // The library's bounce page: come back to where the request was meant for, with a fresh token.
  const reload = new URLSearchParams(window.location.search).get("shopify-reload");
  if (reload !== null) {
    void idToken().then((token) => {
      const url = new URL(reload);
      url.searchParams.set("id_token", token);
      window.location.replace(url);
    });
    return;
  }

  interceptFetch(idToken);
  catchAdminLinks(config, ask);
  followHistory(ask);
  const pressSaveBar = defineSaveBar(ask);
  window.addEventListener("message", ({ origin, data }: MessageEvent<HostEvent>) => {
    if (origin !== adminOrigin) return;
    if (data.name === "go") goTo(data.href);
    else pressSaveBar(data.name);
  });
  mirror(ask, "nav", menuLinks);
  mirror(ask, "title", () => document.title);
  // A freshly loaded document has no unsaved changes.
  void ask("saveBar", null);

  const style = document.createElement("style");
  style.textContent = "ui-nav-menu,ui-save-bar{display:none!important}";
  document.head.append(style);

  // What the app uses of App Bridge's API; the rest of it (sandbox/README.md) is not part of the sandbox.
  const shopify = {
    toast: { show: (text: string) => void ask("toast", text) },
    app: { extensions: () => ask("extensions", null) },
  };
  Object.defineProperty(window, "shopify", { value: shopify });
}

/** Links of <ui-nav-menu>, which become the app's menu in the admin; rel="home" stays out of it. */
const menuLinks = (): Requests["nav"] =>
  [...document.querySelectorAll('ui-nav-menu a[href]:not([rel="home"])')].map((each) => ({
    label: each.textContent.trim(),
    href: each.getAttribute("href") ?? "/",
  }));

/** Tells the admin what `read` finds in the page, now and whenever that has changed. */
function mirror<N extends "nav" | "title">(ask: AskAdmin, name: N, read: () => Requests[N]): void {
  let told = "";
  const tell = (): void => {
    const found = read();
    if (told === JSON.stringify(found)) return;
    told = JSON.stringify(found);
    void ask(name, found);
  };
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(tell).observe(document, everything);
  tell();
}

const RETRY = "X-Shopify-Retry-Invalid-Session-Request";
const REAUTHORIZE = "X-Shopify-API-Request-Failure-Reauthorize-Url";

/**
 * Adds a session token to every request to the app's own origin, as App Bridge does; asks once more with a fresh token
 * when the app says that the token was invalid, and leaves the frame when the app says where to.
 */
function interceptFetch(idToken: () => Promise<string>): void {
  const original = window.fetch.bind(window);
  window.fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const own = new URL(request.url).origin === window.location.origin;
    if (!own || request.headers.has("authorization")) return original(request);
    const again = request.clone();
    const withToken = async (each: Request): Promise<Response> => {
      each.headers.set("authorization", `Bearer ${await idToken()}`);
      each.headers.set("x-requested-with", "XMLHttpRequest");
      return original(each);
    };
    let response = await withToken(request);
    if (response.headers.get(RETRY) === "1") response = await withToken(again);
    const elsewhere = response.headers.get(REAUTHORIZE);
    if (elsewhere !== null) window.open(elsewhere, "_top");
    return response;
  };
}

// The framework may run the tag twice (once from the server's HTML, once after hydration); one bridge is enough.
const current = document.currentScript;
if (current instanceof HTMLScriptElement && !("shopify" in window)) start(current);

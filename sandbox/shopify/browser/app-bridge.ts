// Stand-in for https://cdn.shopify.com/shopifycloud/app-bridge.js inside the sandbox's admin.
import { adminAppUrl, catchAdminLinks, followHistory, readConfig, visiblePath } from "./bridge-navigation.ts";
import { HIDDEN, linkToHost } from "./bridge-wire.ts";
import { mirrorNavMenu, mirrorTitle } from "./nav-and-title.ts";
import { defineSaveBarElement, saveBarById, SaveBars, watchForms } from "./save-bar.ts";

function start(script: HTMLScriptElement): void {
  const config = readConfig(script);
  if (window.top === window) {
    // Outside of the admin App Bridge goes there, if it knows where.
    if (config.shop !== "")
      window.location.replace(adminAppUrl(config, visiblePath(new URL(window.location.href))));
    return;
  }
  const link = linkToHost(config.adminOrigin);
  const idToken = (): Promise<string> => link.ask("idToken");

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
  catchAdminLinks(config, link);
  followHistory(link);
  const bars = new SaveBars(link);
  defineSaveBarElement(bars);
  watchForms(bars);
  mirrorNavMenu(link);
  mirrorTitle(link);
  // A freshly loaded document has no unsaved changes.
  link.tell("saveBar", HIDDEN);

  const style = document.createElement("style");
  style.textContent = "ui-nav-menu,s-app-nav,ui-save-bar{display:none!important}";
  document.head.append(style);

  // What apps use of App Bridge's API; the rest of it (sandbox/README.md) is not part of the sandbox.
  const shopify = {
    config: { apiKey: config.apiKey, shop: config.shop, host: config.host, locale: config.locale },
    ready: Promise.resolve(),
    environment: { mobile: false, embedded: true, pos: false, intent: false },
    idToken,
    toast: {
      show: (message: string, { isError = false, duration = 5000 } = {}) =>
        link.tell("toast", { message, isError, duration }),
    },
    saveBar: saveBarById,
    app: { extensions: () => link.ask("extensions") },
  };
  Object.defineProperty(window, "shopify", { value: shopify, writable: true, configurable: true });
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

import type { AskAdmin } from "./bridge-wire.ts";

/** Tells the admin where in the app we are, so that its address follows. */
export function followHistory(ask: AskAdmin): void {
  const report = (replace: boolean): void =>
    void ask("navigated", { path: visiblePath(new URL(window.location.href)), replace });
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name].bind(history);
    history[name] = (...given: Parameters<History["pushState"]>) => {
      original(...given);
      report(name === "replaceState");
    };
  }
  window.addEventListener("popstate", () => report(true));
  report(true);
}

/**
 * Moves the app to one of its own pages. The framework gets the first word (the library's AppProvider listens to
 * shopify:navigate and calls its router); the element must carry the address.
 */
export function goTo(href: string): void {
  const anchor = document.createElement("a");
  anchor.setAttribute("href", href);
  document.body.append(anchor);
  anchor.dispatchEvent(new Event("shopify:navigate", { bubbles: true }));
  anchor.remove();
}

/** Sends addresses of Shopify's admin, by link or window.open, to the sandbox's admin. */
export function catchAdminLinks(config: BridgeConfig, ask: AskAdmin): void {
  const originalOpen = window.open.bind(window);
  const open = (address: string, target: string): boolean => {
    const admin = adminAddress(address, config);
    if (admin !== undefined && target === "_blank") originalOpen(admin, "_blank", "noopener");
    else if (admin !== undefined || target === "_top" || target === "_parent")
      void ask("open", admin ?? new URL(address, window.location.href).href);
    else return false;
    return true;
  };
  window.open = (address, target, features) =>
    address !== undefined && open(String(address), target ?? "_blank")
      ? null
      : originalOpen(address, target, features);
  document.addEventListener(
    "click",
    (event) => {
      const anchor = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!anchor || event.defaultPrevented) return;
      const target = anchor.getAttribute("target") ?? "_self";
      if (open(anchor.getAttribute("href") ?? "", target)) event.preventDefault();
    },
    true,
  );
}

const KEPT = "app-bridge-shop";

/** What App Bridge knows about where it runs: the shop that this document, else the first one in this tab, was launched for. */
export function readConfig(script: HTMLScriptElement) {
  const launched = new URLSearchParams(window.location.search).get("shop");
  const shop = launched ?? sessionStorage.getItem(KEPT) ?? "";
  sessionStorage.setItem(KEPT, shop);
  return {
    apiKey: script.dataset["apiKey"] ?? "",
    handle: shop.replace(/\.myshopify\.com$/, ""),
    /** Origin of the sandbox's admin: where this script came from. */
    adminOrigin: new URL(script.src).origin,
  };
}
export type BridgeConfig = ReturnType<typeof readConfig>;

/** Launch parameters never show in the admin's address. */
const LAUNCH = ["embedded", "host", "hmac", "id_token", "locale", "session", "shop", "timestamp"];

/** A page of the app as it reads in the admin's address: path and query without the launch parameters. */
export function visiblePath(url: URL): string {
  const query = new URLSearchParams(url.search);
  for (const name of LAUNCH) query.delete(name);
  const text = query.toString();
  return url.pathname + (text === "" ? "" : `?${text}`) + url.hash;
}

/**
 * Addresses of Shopify's admin (https://admin.shopify.com/store/x/…, https://x.myshopify.com/admin/…) as addresses of this
 * sandbox's admin; undefined for every other address.
 */
function adminAddress(address: string, { adminOrigin }: BridgeConfig): string | undefined {
  if (!URL.canParse(address, window.location.href)) return undefined;
  const { hostname, pathname, search } = new URL(address, window.location.href);
  if (hostname === "admin.shopify.com") return adminOrigin + pathname + search;
  const shop = /^(.+)\.myshopify\.com$/.exec(hostname)?.[1];
  if (shop === undefined || !pathname.startsWith("/admin")) return undefined;
  return `${adminOrigin}/store/${shop}${pathname.slice("/admin".length)}${search}`;
}

import type { HostLink } from "./bridge-wire.ts";

/** Tells the admin where in the app we are, so that its address follows. */
export function followHistory(link: HostLink): void {
  const report = (replace: boolean): void =>
    link.tell("navigated", { path: visiblePath(new URL(window.location.href)), replace });
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
  anchor.hidden = true;
  document.body.append(anchor);
  anchor.dispatchEvent(new Event("shopify:navigate", { bubbles: true }));
  anchor.remove();
}

/** Sends addresses of Shopify's admin, by link or window.open, to the sandbox's admin. */
export function catchAdminLinks(config: BridgeConfig, link: HostLink): void {
  const originalOpen = window.open.bind(window);
  const open = (address: string, target: string): boolean => {
    const admin = adminAddress(address, config);
    const outer = target === "_top" || target === "_parent";
    if (admin !== undefined && target === "_blank") originalOpen(admin, "_blank", "noopener");
    else if (admin !== undefined || outer) {
      link.tell("open", { url: admin ?? new URL(address, window.location.href).href });
    } else return false;
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

/** What App Bridge knows about where it runs. */
export interface BridgeConfig {
  readonly apiKey: string;
  readonly shop: string;
  readonly host: string;
  readonly locale: string;
  /** Origin of the sandbox's admin: where this script came from. */
  readonly adminOrigin: string;
}

const KEPT = "app-bridge-config";

/** Launch parameters of this document, else those of the first one in this tab; the script tag names the app. */
export function readConfig(script: HTMLScriptElement): BridgeConfig {
  const query = new URLSearchParams(window.location.search);
  const meta = document.querySelector<HTMLMetaElement>('meta[name="shopify-api-key"]');
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") as Partial<BridgeConfig>;
  const config: BridgeConfig = {
    apiKey: script.dataset["apiKey"] ?? meta?.content ?? kept.apiKey ?? "",
    shop: query.get("shop") ?? kept.shop ?? "",
    host: query.get("host") ?? kept.host ?? "",
    locale: query.get("locale") ?? kept.locale ?? "en-US",
    adminOrigin: new URL(script.src).origin,
  };
  sessionStorage.setItem(KEPT, JSON.stringify(config));
  return config;
}

const handleOf = (config: BridgeConfig): string => config.shop.replace(/\.myshopify\.com$/, "");

/** Launch parameters never show in the admin's address. */
const LAUNCH = [
  "embedded",
  "host",
  "hmac",
  "id_token",
  "locale",
  "session",
  "shop",
  "timestamp",
  "appLoadId",
];

/** A page of the app as it reads in the admin's address: path and query without the launch parameters. */
export function visiblePath(url: URL): string {
  const query = new URLSearchParams(url.search);
  for (const name of LAUNCH) query.delete(name);
  const text = query.toString();
  return url.pathname + (text === "" ? "" : `?${text}`) + url.hash;
}

export const adminAppUrl = (config: BridgeConfig, path: string): string =>
  `${config.adminOrigin}/store/${handleOf(config)}/apps/${config.apiKey}${path}`;

/**
 * Addresses of Shopify's admin (shopify://admin/…, https://admin.shopify.com/store/x/…, https://x.myshopify.com/admin/…)
 * as addresses of this sandbox's admin; undefined for every other address.
 */
export function adminAddress(address: string, config: BridgeConfig): string | undefined {
  const protocol = /^shopify:\/*admin\/(.*)$/i.exec(address);
  if (protocol) return `${config.adminOrigin}/store/${handleOf(config)}/${protocol[1] ?? ""}`;
  if (!URL.canParse(address, window.location.href)) return undefined;
  const url = new URL(address, window.location.href);
  if (url.hostname === "admin.shopify.com") return config.adminOrigin + url.pathname + url.search;
  const shop = /^(.+)\.myshopify\.com$/.exec(url.hostname)?.[1];
  if (shop !== undefined && url.pathname.startsWith("/admin")) {
    return `${config.adminOrigin}/store/${shop}${url.pathname.slice("/admin".length)}${url.search}`;
  }
  return undefined;
}

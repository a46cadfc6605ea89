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

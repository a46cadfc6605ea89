import { describeWeakKey } from "./weak-key.server.ts";

/** What is looked at, of the environment that was read. */
export interface SettingsToCheck {
  readonly NODE_ENV: "development" | "production" | "test";
  readonly SHOPIFY_APP_URL: string;
  readonly META_GRAPH_URL: string;
  readonly META_TR_URL: string;
  readonly META_FBEVENTS_URL: string;
  readonly APP_BRIDGE_URL?: string | undefined;
  readonly APP_ENCRYPTION_KEY: string;
  readonly DATABASE_URL: string;
}

/**
 * Settings that are well formed and would still put merchants' or buyers' data at risk: keys that can be guessed, secrets
 * over plain HTTP, an unencrypted way to a database on another machine. Only development may have them.
 *
 * @returns one sentence per setting: its name and what to do, never its value
 */
export function findUnsafeSettings(settings: SettingsToCheck): readonly string[] {
  if (settings.NODE_ENV === "development") return [];
  const addresses = {
    SHOPIFY_APP_URL: settings.SHOPIFY_APP_URL,
    META_GRAPH_URL: settings.META_GRAPH_URL,
    META_TR_URL: settings.META_TR_URL,
    META_FBEVENTS_URL: settings.META_FBEVENTS_URL,
    APP_BRIDGE_URL: settings.APP_BRIDGE_URL,
  };
  const plain = Object.entries(addresses).filter(([, address]) => isPlainHttpToOthers(address));
  const weak = describeWeakKey(settings.APP_ENCRYPTION_KEY);
  return [
    ...plain.map(([name]) => `${name} must begin with https:// (plain http only reaches this machine).`),
    ...(weak === undefined
      ? []
      : [`APP_ENCRYPTION_KEY ${weak}. Make one with "openssl rand -base64 32" and rotate to it.`]),
    ...(isRemoteWithoutTls(settings.DATABASE_URL)
      ? [
          "DATABASE_URL names a server on another machine without sslmode: add sslmode=verify-full (or sslmode=disable where the network itself is private).",
        ]
      : []),
  ];
}

function isPlainHttpToOthers(address: string | undefined): boolean {
  if (address === undefined) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "http:" && !isThisMachine(hostname);
}

function isRemoteWithoutTls(databaseUrl: string): boolean {
  const url = URL.parse(databaseUrl);
  if (url === null) return false;
  if (url.searchParams.has("sslmode") || url.searchParams.has("ssl")) return false;
  // As the driver does: a host in the query wins; a path is a Unix socket.
  const host = url.searchParams.get("host") ?? decodeURIComponent(url.hostname);
  return host !== "" && !host.startsWith("/") && !isThisMachine(host);
}

/** @param host as in an address: IPv6 with or without brackets */
function isThisMachine(host: string): boolean {
  return /^(?:localhost|[\w.-]+\.localhost|127(?:\.[0-9]{1,3}){3}|\[?::1\]?)$/i.test(host);
}

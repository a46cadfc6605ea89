import { isIP } from "node:net";

import { isPublicAddress } from "./public-address.ts";

export const WEBHOOK_PROBLEMS = [
  "malformed",
  "notHttps",
  "port",
  "credentials",
  "notPublic",
  "tooLong",
] as const;
export type WebhookProblem = (typeof WEBHOOK_PROBLEMS)[number];

export type WebhookAddress =
  { readonly ok: true; readonly url: URL } | { readonly ok: false; readonly problem: WebhookProblem };

export interface WebhookRules {
  /** Tests alone have another: production asks on the port of HTTPS. */
  readonly ports: readonly number[];
  isAllowed(address: string): boolean;
}

export const PUBLIC_RULES: WebhookRules = { ports: [443], isAllowed: isPublicAddress };

const LONGEST = 2_000;
/** Names that a resolver answers from the machine or its network (RFC 6761, RFC 6762). */
const LOCAL_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|alt)$/;

/**
 * What a merchant typed as a webhook's address, as far as it can be judged without asking a resolver; what the name
 * resolves to is judged when the connection is made. `new URL` writes every form of an IPv4 address (decimal, octal,
 * hexadecimal, short) as four numbers, so that none of them passes for a name.
 */
export function readWebhookAddress(text: string, rules: WebhookRules = PUBLIC_RULES): WebhookAddress {
  const typed = text.trim();
  if (typed.length > LONGEST) return { ok: false, problem: "tooLong" };
  const url = URL.parse(typed);
  if (url === null || url.hostname === "") return { ok: false, problem: "malformed" };
  if (url.protocol !== "https:") return { ok: false, problem: "notHttps" };
  if (url.username !== "" || url.password !== "") return { ok: false, problem: "credentials" };
  if (!rules.ports.includes(url.port === "" ? 443 : Number(url.port))) return { ok: false, problem: "port" };
  const host = hostOf(url);
  const isName = isIP(host) === 0;
  if (isName ? LOCAL_NAME.test(host) || !host.includes(".") : !rules.isAllowed(host))
    return { ok: false, problem: "notPublic" };
  url.hash = "";
  return { ok: true, url };
}

/** The host as a resolver takes it: an IPv6 address without its brackets, a name without the root's dot. */
export function hostOf(url: URL): string {
  return url.hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
}

/** What is shown of it: the host, and the last letters, because the rest may be a secret. */
export function shortenWebhook(text: string): string {
  const url = URL.parse(text);
  return url === null ? "" : `${url.host}/…${text.slice(-4)}`;
}

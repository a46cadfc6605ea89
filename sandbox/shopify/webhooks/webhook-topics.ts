import { asList, asTable, asText, type TomlTable } from "../read-toml.ts";

export const TOPICS = [
  "orders/paid",
  "app/uninstalled",
  "app/scopes_update",
  "customers/data_request",
  "customers/redact",
  "shop/redact",
] as const;
export type Topic = (typeof TOPICS)[number];

export interface Subscription {
  readonly topic: string;
  /** Path under the app's address. */
  readonly path: string;
  /** `name` of the subscription, sent as X-Shopify-Name. */
  readonly name?: string;
}

/** Where each topic goes when no shopify.app.toml says so: the official template's one path per topic. */
export const DEFAULT_SUBSCRIPTIONS: readonly Subscription[] = TOPICS.map((topic) => ({
  topic,
  path: `/webhooks/${topic}`,
}));

/** Subscriptions of shopify.app.toml: `topics` and `compliance_topics` of every [[webhooks.subscriptions]]. */
export function readSubscriptions(toml: TomlTable): Subscription[] {
  return asList(asTable(toml["webhooks"])["subscriptions"]).flatMap((entry) => {
    const table = asTable(entry);
    const uri = asText(table["uri"]);
    if (uri === undefined) return [];
    const path = uri.startsWith("/") ? uri : new URL(uri).pathname;
    const name = asText(table["name"]);
    return [...asList(table["topics"]), ...asList(table["compliance_topics"])].map((topic) => ({
      topic: String(topic),
      path,
      ...(name === undefined ? {} : { name }),
    }));
  });
}

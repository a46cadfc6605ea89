import { existsSync, readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { z } from "zod";

/** The files by which an app describes itself to Shopify. One that is malformed is reported with its name and line. */
function readToml<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(parse(readFileSync(file, "utf8")));
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause)}`, {
      cause,
    });
  }
}

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

/** shopify.app.toml, as far as the sandbox acts on it. Without the file: what the app would have asked for. */
export interface AppFile {
  readonly scopes: readonly string[];
  readonly subscriptions: readonly Subscription[];
  /** [app_proxy]: `{path}/x` on the storefront reaches `{target}/x` of the app. */
  readonly proxy: { readonly path: string; readonly target: string };
}

const pathOf = (uri: string): string => (uri.startsWith("/") ? uri : new URL(uri).pathname);

const topics = z.array(z.string()).default([]);
const appToml = z.object({
  access_scopes: z.object({ scopes: z.string() }).optional(),
  webhooks: z
    .object({
      subscriptions: z
        .array(z.object({ topics, compliance_topics: topics, uri: z.string(), name: z.string().optional() }))
        .default([]),
    })
    .optional(),
  app_proxy: z
    .object({ url: z.string(), prefix: z.string(), subpath: z.string() })
    .default({ url: "/proxy", prefix: "apps", subpath: "tandem" }),
});

export function readAppFile(file: string | undefined): AppFile {
  const toml = file === undefined ? appToml.parse({}) : readToml(file, appToml);
  const subscriptions = (toml.webhooks?.subscriptions ?? []).flatMap((given) =>
    [...given.topics, ...given.compliance_topics].map((topic) => ({
      topic,
      path: pathOf(given.uri),
      ...(given.name === undefined ? {} : { name: given.name }),
    })),
  );
  const { url, prefix, subpath } = toml.app_proxy;
  return {
    scopes: toml.access_scopes?.scopes.split(",") ?? ["read_orders", "write_pixels", "read_customer_events"],
    subscriptions: subscriptions.length > 0 ? subscriptions : DEFAULT_SUBSCRIPTIONS,
    proxy: { path: `/${prefix}/${subpath}`, target: pathOf(url) },
  };
}

const rule = z.object({ name: z.string(), value: z.coerce.number() });
const pixelToml = z.object({
  type: z.string(),
  customer_privacy: z
    .object({
      analytics: z.boolean().default(false),
      marketing: z.boolean().default(false),
      preferences: z.boolean().default(false),
      sale_of_data: z.string().optional(),
    })
    .default({ analytics: false, marketing: false, preferences: false }),
  settings: z
    .object({
      fields: z.record(z.string(), z.object({ validations: z.array(rule).default([]) })).default({}),
    })
    .default({ fields: {} }),
});
export type PixelFile = z.infer<typeof pixelToml>;

/** The web pixel extension's shopify.extension.toml; undefined for an app without such an extension. */
export function readPixelFile(file: string | undefined): PixelFile | undefined {
  if (file === undefined || !existsSync(file)) return undefined;
  const toml = readToml(file, pixelToml);
  return toml.type === "web_pixel_extension" ? toml : undefined;
}

/** `handle` of any extension's shopify.extension.toml. */
export const readExtensionHandle = (file: string): string =>
  readToml(file, z.object({ handle: z.string() })).handle;

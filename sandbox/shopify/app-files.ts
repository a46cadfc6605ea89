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

const pathOf = (uri: string): string => (uri.startsWith("/") ? uri : new URL(uri).pathname);

const topics = z.array(z.string()).default([]);
const subscription = z.object({
  topics,
  compliance_topics: topics,
  uri: z.string(),
  name: z.string().optional(),
});
const appToml = z.object({
  access_scopes: z.object({ scopes: z.string() }).default({ scopes: "" }),
  webhooks: z.object({ subscriptions: z.array(subscription).default([]) }).default({ subscriptions: [] }),
  app_proxy: z
    .object({ url: z.string(), prefix: z.string(), subpath: z.string() })
    .default({ url: "/proxy", prefix: "apps", subpath: "tandem" }),
});

/** shopify.app.toml, as far as the sandbox acts on it: ours as it is, unless another is given. */
export function readAppFile(file = "shopify.app.toml") {
  const { access_scopes, webhooks, app_proxy } = readToml(file, appToml);
  return {
    scopes: access_scopes.scopes.split(","),
    /** `path` under the app's address; `name` is sent as X-Shopify-Name. */
    subscriptions: webhooks.subscriptions.flatMap(({ topics, compliance_topics, uri, name }) =>
      [...topics, ...compliance_topics].map((topic) => ({ topic, path: pathOf(uri), name })),
    ),
    /** `{path}/x` on the storefront reaches `{target}/x` of the app. */
    proxy: { path: `/${app_proxy.prefix}/${app_proxy.subpath}`, target: pathOf(app_proxy.url) },
  };
}
export type AppFile = ReturnType<typeof readAppFile>;

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

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Liquid } from "liquidjs";
import type { Metafield, Store } from "../store.ts";

/** Path of the extension's assets on the storefront, where Shopify's CDN would be. */
export const ASSET_PATH = "/cdn/extensions/tandem/assets/";

const SCHEMA = /{%-?\s*schema\s*-?%}(.*?){%-?\s*endschema\s*-?%}/s;

interface BlockSetting {
  readonly id?: string;
  readonly default?: unknown;
}

interface BlockSchema {
  readonly target?: string;
  readonly settings?: readonly BlockSetting[];
  readonly enabled_on?: { readonly templates?: readonly string[] };
  readonly disabled_on?: { readonly templates?: readonly string[] };
}

/** `app.metafields.{namespace}.{key}`: `value` is parsed where the type is json, as in Shopify's Liquid. */
function metafieldTree(metafields: Iterable<Metafield>): Record<string, Record<string, unknown>> {
  const tree: Record<string, Record<string, unknown>> = {};
  for (const { namespace, key, type, value } of metafields) {
    const branch = (tree[namespace] ??= {});
    branch[key] = { value: type === "json" ? (JSON.parse(value) as unknown) : value, type };
  }
  return tree;
}

const allowsPage = (schema: BlockSchema, pageType: string): boolean => {
  const { enabled_on: only, disabled_on: never } = schema;
  if (only?.templates && !only.templates.includes("*") && !only.templates.includes(pageType)) return false;
  return !(never?.templates?.includes(pageType) ?? false);
};

/**
 * Renders the real app embed blocks of the theme app extension that aim at `target`, as the theme does when the merchant
 * has switched them on and the app is installed.
 */
export async function renderEmbeds(
  liquid: Liquid,
  folder: string | undefined,
  store: Store,
  target: "head" | "body",
  page: Readonly<Record<string, unknown>> & { readonly request: { readonly page_type: string } },
): Promise<string> {
  if (folder === undefined || !store.embed.active || !store.installation) return "";
  const rendered: string[] = [];
  for (const file of readdirSync(join(folder, "blocks")).filter((each) => each.endsWith(".liquid"))) {
    const text = readFileSync(join(folder, "blocks", file), "utf8");
    const schema = JSON.parse(SCHEMA.exec(text)?.[1] ?? "{}") as BlockSchema;
    if (schema.target !== target || !allowsPage(schema, page.request.page_type)) continue;
    const defaults = (schema.settings ?? []).flatMap(({ id, default: value }) =>
      id === undefined ? [] : [[id, value]],
    );
    const block = {
      id: file.replace(".liquid", ""),
      type: `shopify://apps/tandem/blocks/${file.replace(".liquid", "")}`,
      settings: { ...(Object.fromEntries(defaults) as object), ...store.embed.settings },
      shopify_attributes: "",
    };
    const app = { metafields: metafieldTree(store.metafields.values()) };
    const html = (await liquid.parseAndRender(text.replace(SCHEMA, ""), { ...page, app, block })) as string;
    rendered.push(`<!-- BEGIN app block: ${block.type} -->${html}<!-- END app block -->`);
  }
  return rendered.join("\n");
}

/** One file of the extension's assets folder; undefined when there is none of that name. */
export function readAsset(folder: string | undefined, name: string): Buffer | undefined {
  if (folder === undefined || !/^[\w.-]+$/.test(name)) return undefined;
  try {
    return readFileSync(join(folder, "assets", name));
  } catch {
    return undefined;
  }
}

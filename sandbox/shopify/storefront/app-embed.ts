import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Liquid } from "liquidjs";
import type { Metafield, Store } from "../store.ts";

/** Path of the extension's assets on the storefront, where Shopify's CDN would be. */
export const ASSET_PATH = "/cdn/extensions/tandem/assets";

const SCHEMA = /{%-?\s*schema\s*-?%}(.*?){%-?\s*endschema\s*-?%}/s;

/** What a block file says of itself between `{% schema %}` and `{% endschema %}`. */
interface BlockSchema {
  readonly name?: string;
  readonly target?: string;
  readonly settings?: readonly { readonly id?: string; readonly default?: unknown }[];
  readonly enabled_on?: { readonly templates?: readonly string[] };
  readonly disabled_on?: { readonly templates?: readonly string[] };
}

/** One block file of the theme app extension. */
interface Block {
  /** File name without .liquid; the second half of `activateAppId`. */
  readonly handle: string;
  readonly schema: BlockSchema;
  readonly template: string;
}

/** The blocks that are app embeds: they aim at the head or the body, not at a section. */
export function readEmbeds(folder: string | undefined): Block[] {
  if (folder === undefined) return [];
  return readdirSync(join(folder, "blocks"))
    .filter((file) => file.endsWith(".liquid"))
    .map((file) => {
      const text = readFileSync(join(folder, "blocks", file), "utf8");
      const schema = JSON.parse(SCHEMA.exec(text)?.[1] ?? "{}") as BlockSchema;
      return { handle: basename(file, ".liquid"), schema, template: text.replace(SCHEMA, "") };
    })
    .filter(({ schema }) => schema.target !== undefined && schema.target !== "section");
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

const allowsPage = ({ enabled_on: only, disabled_on: never }: BlockSchema, pageType: string): boolean => {
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
  if (!store.embed.active || !store.installation) return "";
  const app = { metafields: metafieldTree(store.metafields.values()) };
  const rendered: string[] = [];
  for (const { handle, schema, template } of readEmbeds(folder)) {
    if (schema.target !== target || !allowsPage(schema, page.request.page_type)) continue;
    const defaults = Object.fromEntries((schema.settings ?? []).map((each) => [each.id ?? "", each.default]));
    const block = {
      id: handle,
      type: `shopify://apps/tandem/blocks/${handle}`,
      settings: { ...(defaults as object), ...store.embed.settings },
      shopify_attributes: "",
    };
    const html = (await liquid.parseAndRender(template, { ...page, app, block })) as string;
    rendered.push(`<!-- BEGIN app block: ${block.type} -->${html}<!-- END app block -->`);
  }
  return rendered.join("\n");
}

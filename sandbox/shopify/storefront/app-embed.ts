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
}

/** The blocks of a theme app extension that are app embeds of the head. `handle`: the second half of `activateAppId`. */
export function readEmbeds(folder: string | undefined) {
  if (folder === undefined) return [];
  return readdirSync(join(folder, "blocks"))
    .filter((file) => file.endsWith(".liquid"))
    .map((file) => {
      const text = readFileSync(join(folder, "blocks", file), "utf8");
      const schema = JSON.parse(SCHEMA.exec(text)?.[1] ?? "{}") as BlockSchema;
      return { handle: basename(file, ".liquid"), schema, template: text.replace(SCHEMA, "") };
    })
    .filter(({ schema }) => schema.target === "head");
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

/**
 * Renders the real app embed blocks of the theme app extension, as the theme does when the merchant has switched them on and
 * the app is installed.
 */
export async function renderEmbeds(
  liquid: Liquid,
  folder: string | undefined,
  store: Store,
  page: Readonly<Record<string, unknown>>,
): Promise<string> {
  if (!store.embed.active || !store.installation) return "";
  const app = { metafields: metafieldTree(store.metafields.values()) };
  const rendered: string[] = [];
  for (const { handle, template } of readEmbeds(folder)) {
    const html = (await liquid.parseAndRender(template, { ...page, app })) as string;
    const name = `shopify://apps/tandem/blocks/${handle}`;
    rendered.push(`<!-- BEGIN app block: ${name} -->${html}<!-- END app block -->`);
  }
  return rendered.join("\n");
}

import { readFileSync } from "node:fs";
import { Liquid } from "liquidjs";
import { decimalsOf } from "../orders/currencies.ts";
import { ASSET_PATH, renderEmbeds } from "./app-embed.ts";
import type { Store } from "../store.ts";
import { THEME_ID } from "../admin/theme-editor.ts";
import { renderPage } from "../../http/render-page.ts";
import { listedPixels } from "./listed-pixels.ts";
import { describeSwitches, type Switches } from "./switches.ts";

const theme = new URL("./theme/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(`${name}.liquid`, theme), "utf8");

/** Shopify's `json` filter writes text that is safe inside a script element. */
const safeJson = (value: unknown): string =>
  JSON.stringify(value ?? null)
    .replace(/</g, "\\u003c")
    .replace(/>/g, "\\u003e")
    .replace(/&/g, "\\u0026");

/** Liquid with the filters of Shopify that the theme and an app block may use. */
export function themeEngine(currency: string): Liquid {
  const liquid = new Liquid({ strictFilters: true });
  liquid.registerFilter("json", safeJson);
  liquid.registerFilter("asset_url", (name: string) => `${ASSET_PATH}/${name}`);
  liquid.registerFilter("script_tag", (url: string) => `<script src="${url}"></script>`);
  liquid.registerFilter("stylesheet_tag", (url: string) => `<link rel="stylesheet" href="${url}">`);
  liquid.registerFilter(
    "money",
    (minor: number) =>
      `${(Number(minor) / 10 ** decimalsOf(currency)).toFixed(decimalsOf(currency))} ${currency}`,
  );
  liquid.registerFilter("t", (key: string) => key);
  return liquid;
}

export interface ThemePage {
  readonly template: "index" | "product" | "cart" | "account" | "order";
  /** Shopify's `request.page_type`. */
  readonly pageType: string;
  readonly title: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** What the platform itself puts into content_for_header. */
  readonly header: string;
  readonly cart: unknown;
}

/** One storefront page: the template inside the layout, the app's embeds in the head. */
export async function renderThemePage(
  store: Store,
  page: ThemePage,
  extension: string | undefined,
): Promise<string> {
  const liquid = themeEngine(store.currency);
  const objects = {
    ...page.data,
    shop: {
      name: store.name,
      permanent_domain: store.domain,
      domain: new URL(store.storefrontUrl).host,
      url: store.storefrontUrl,
      currency: store.currency,
      locale: store.locale,
    },
    request: {
      page_type: page.pageType,
      host: new URL(store.storefrontUrl).host,
      origin: store.storefrontUrl,
      design_mode: false,
      locale: { iso_code: store.locale.split("-")[0] },
    },
    template: page.pageType,
    cart: page.cart,
    page_title: page.title,
  };
  const header = page.header + (await renderEmbeds(liquid, extension, store, "head", objects));
  const body = await renderEmbeds(liquid, extension, store, "body", objects);
  const content = (await liquid.parseAndRender(read(`templates/${page.template}`), objects)) as string;
  return (await liquid.parseAndRender(read("layout/theme"), {
    ...objects,
    content_for_header: header,
    content_for_layout: content + body,
  })) as string;
}

/** What the platform adds to the head of every storefront and checkout page. */
export function platformHeader(store: Store, switches: Switches): Promise<string> {
  const config = {
    shop: store.domain,
    region: switches.region,
    currency: store.currency,
    country: store.country,
    locale: store.locale,
    themeId: Number(THEME_ID),
  };
  return renderPage("platform-header", { config, pixels: listedPixels(store, switches) });
}

/** The tester's panel at the foot of every page. */
export const switchPanel = (switches: Switches): Promise<string> =>
  renderPage("switch-panel", {
    switches: describeSwitches(switches),
    autoplays: switches.autoplay === "on",
  });

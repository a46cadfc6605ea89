import { readFileSync } from "node:fs";
import { Liquid } from "liquidjs";
import { CATALOGUE, type Product } from "../orders/catalogue.ts";
import { decimalsOf, formatMinor, minorFromDollars } from "../orders/currencies.ts";
import type { OrderRecord, Store } from "../store.ts";
import { ASSET_PATH, renderEmbeds } from "./app-embed.ts";

const theme = new URL("./theme/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(`${name}.liquid`, theme), "utf8");

/** Shopify's `json` filter writes text that is safe inside a script element. */
const safeJson = (value: unknown): string =>
  JSON.stringify(value ?? null)
    .replace(/</g, "\\u003c")
    .replace(/>/g, "\\u003e")
    .replace(/&/g, "\\u0026");

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
  // With the filters of Shopify that the theme and the app's block use.
  const liquid = new Liquid({ strictFilters: true });
  liquid.registerFilter("json", safeJson);
  liquid.registerFilter("asset_url", (name: string) => `${ASSET_PATH}/${name}`);
  liquid.registerFilter(
    "money",
    (minor: number) => `${formatMinor(minor, store.currency)} ${store.currency}`,
  );
  const objects = {
    ...page.data,
    shop: { name: store.name, permanent_domain: store.domain },
    request: { page_type: page.pageType, locale: { iso_code: store.locale.split("-")[0] } },
    cart: page.cart,
    page_title: page.title,
  };
  const content = (await liquid.parseAndRender(read(`templates/${page.template}`), objects)) as string;
  return (await liquid.parseAndRender(read("layout/theme"), {
    ...objects,
    content_for_header: page.header + (await renderEmbeds(liquid, extension, store, objects)),
    content_for_layout: content,
  })) as string;
}

// What Shopify's Liquid calls drops, as far as theme and app embed read them; money in minor units.

export function productDrop(store: Store, { handle, title, vendor, variants }: Product) {
  const drops = variants.map((variant) => ({
    id: Number(variant.id),
    title: variant.title ?? "Default Title",
    price: minorFromDollars(variant.dollars, store.currency),
  }));
  return { handle, title, vendor, price: drops[0]?.price ?? 0, variants: drops };
}

/** The products of a page that lists them. */
export const productListDrop = (store: Store, heading: string, products = CATALOGUE) => ({
  heading,
  products: products.map((product) => productDrop(store, product)),
});

/** `order` on a customer's order page, with transactions in lower case. */
export function orderDrop({ payload, transactions }: OrderRecord) {
  const { name, token, created_at, financial_status, currency } = payload;
  return {
    id: Number(payload.id),
    name,
    token,
    created_at,
    financial_status,
    total_price: Math.round(Number(payload.total_price) * 10 ** decimalsOf(currency)),
    line_items: payload.line_items.map(({ title, quantity }) => ({ title, quantity })),
    transactions: transactions.map(({ kind, status, createdAt }) => ({
      kind: kind.toLowerCase(),
      status: status.toLowerCase(),
      created_at: new Date(createdAt).toISOString(),
    })),
  };
}

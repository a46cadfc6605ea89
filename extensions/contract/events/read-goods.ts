import type { EventContent, EventParameters, ParameterChoices } from "./event-declaration.ts";

/** Lines of one event: more make no better match and no longer fit a request that outlives its page. */
export const MOST_LINES = 20;
const LONGEST_TEXT = 200;
const LONGEST_SKU = 255;

type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 1000) : [];
}

/** Without the spaces around it; undefined where nothing is left. */
export function textOf(value: unknown): string | undefined {
  return (typeof value === "string" && value.trim().slice(0, LONGEST_TEXT)) || undefined;
}

/** Shopify's `MoneyV2`: the amount may come as a number or as its decimal text. */
export function moneyOf(value: unknown): { amount: number; currency: string } | undefined {
  const { amount, currencyCode } = fieldsOf(value);
  const number = typeof amount === "string" && amount.trim() ? Number(amount) : amount;
  return typeof number === "number" &&
    Number.isFinite(number) &&
    number >= 0 &&
    number < 1e12 &&
    typeof currencyCode === "string" &&
    /^[A-Z]{3}$/.test(currencyCode)
    ? { amount: number, currency: currencyCode }
    : undefined;
}

/** A bare number, or the digits that end a gid. */
function digitsOf(value: unknown): string | undefined {
  return /(\d{1,30})$/.exec(typeof value === "number" ? String(value) : (textOf(value) ?? ""))?.[1];
}

/** The variant's catalogue ID in the store's form, as the Purchase names it; undefined where it has none. */
export function catalogueId(variant: unknown, { contentId, country }: ParameterChoices): string | undefined {
  const { id, sku, product } = fieldsOf(variant);
  const [variantId, productId] = [digitsOf(id), digitsOf(fieldsOf(product)["id"])];
  const plainSku = typeof sku === "string" ? sku.trim() : "";
  switch (contentId) {
    case "product":
      return productId;
    case "variant":
      return variantId;
    case "sku":
      // eslint-disable-next-line no-control-regex -- A SKU with a control character is none.
      return plainSku && plainSku.length <= LONGEST_SKU && !/[\u0000-\u001f\u007f]/.test(plainSku)
        ? plainSku
        : undefined;
    case "shopify_catalogue":
      return country && productId && variantId ? `shopify_${country}_${productId}_${variantId}` : undefined;
  }
}

export interface Line {
  readonly variant: unknown;
  readonly quantity: number;
  /** Of one piece. */
  readonly price?: number | undefined;
}

/** Lines as Meta's `contents`, `content_ids` and `num_items`; those without an ID in the store's form are counted alone. */
export function contentsOf(lines: readonly Line[], choices: ParameterChoices): EventParameters {
  const contents = lines.flatMap(({ variant, quantity, price }): EventContent[] => {
    const id = catalogueId(variant, choices);
    return id ? [{ id, quantity, ...(price === undefined ? {} : { item_price: price }) }] : [];
  });
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const shown = contents.slice(0, MOST_LINES);
  return {
    ...(shown.length > 0 && {
      contents: shown,
      content_ids: [...new Set(shown.map(({ id }) => id))],
      content_type: "product" as const,
    }),
    ...(pieces > 0 && { num_items: pieces }),
  };
}

/** Pieces of a line: a whole number from 1. */
export function quantityOf(value: unknown): number {
  return typeof value === "number" && Number.isInteger(value) && value > 0 && value < 1e6 ? value : 1;
}

/** Meta compares amounts of at most four decimals; a floating sum must not show the rest of its error. */
export function roundAmount(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}

import { cleanText } from "../clean-text.ts";
import { noteDrop } from "../mapping-notes.ts";
import type { MappingNotes } from "../mapping-notes.ts";
import type { ContentIdForm, ContentItem } from "../model.ts";
import type { DropReason } from "../clean-text.ts";
import { divideHalfUp, MAX_AMOUNT, toCurrencyNumber } from "./money.ts";
import { readAmount, sumAmounts } from "./money-side.ts";
import type { MoneySide } from "./money-side.ts";
import type { LineFacts } from "../order/order-facts.ts";

const MAX_SKU_LENGTH = 255;

export interface Contents {
  readonly items: readonly ContentItem[];
  /** Pieces bought, those without a catalogue ID included, tips excluded. */
  readonly pieces: number;
}

/**
 * The lines as Meta's `contents`. One entry per line: two lines of one product may have two prices. Bundles arrive
 * from Shopify as their parts, each with its share of the price. Bought gift cards are goods like any other.
 *
 * Left out: removed lines (current quantity 0), tips, and what has no ID of the chosen form (custom items); Meta
 * refuses an entry without ID (100/2804008), and an ID of another form would match the wrong product.
 *
 * @param country of the catalogue, ISO alpha-2 upper case; only `shopify_catalogue` needs it
 */
export function buildContents(
  lines: readonly LineFacts[],
  form: ContentIdForm,
  country: string | undefined,
  side: MoneySide,
  currency: string,
  notes: MappingNotes,
): Contents {
  const items: ContentItem[] = [];
  let pieces = 0;
  for (const [index, line] of lines.entries()) {
    const quantity = line.currentQuantity ?? line.quantity ?? 0;
    if (quantity === 0 || line.isTip) continue;
    pieces += quantity;
    const from = `order.line_items[${index}]`;
    const id = contentId(line, form, country);
    if (id === undefined) {
      noteDrop(notes, "contents", from, "no_product_id");
      continue;
    }
    const price = paidUnitPrice(line, side, currency);
    if (typeof price === "string") noteDrop(notes, "contents.item_price", `${from}.price`, price);
    items.push({ id, quantity, ...(typeof price === "number" && { item_price: price }) });
  }
  return { items, pieces };
}

/**
 * (unit price x quantity - discounts) / quantity, half up to the currency's decimals, or why it is not known. Shopify
 * spreads discounts over the quantity as ordered, so that quantity divides, also where pieces were removed later. The
 * price is as the store shows it: with tax where its prices include tax.
 */
function paidUnitPrice(line: LineFacts, side: MoneySide, currency: string): number | DropReason {
  const unit = readAmount(line.price, side);
  const discount = sumAmounts(line.discounts, side);
  if (unit.kind === "absent") return "missing_amount";
  if (unit.kind === "unknown") return unit.reason;
  if (discount.kind === "unknown") return discount.reason;
  const off = discount.kind === "known" ? discount.amount : 0n;
  if (off < 0n) return "negative_amount";
  const quantity = BigInt(line.quantity ?? line.currentQuantity ?? 1);
  const paid = unit.amount * quantity - off;
  if (quantity === 0n || paid < 0n) return "not_an_amount";
  const price = divideHalfUp(paid, quantity);
  return price > MAX_AMOUNT ? "amount_too_large" : toCurrencyNumber(price, currency);
}

function contentId(line: LineFacts, form: ContentIdForm, country: string | undefined): string | undefined {
  switch (form) {
    case "product":
      return line.productId;
    case "variant":
      return line.variantId;
    case "sku": {
      const sku = cleanText(line.sku ?? "", MAX_SKU_LENGTH);
      return sku.ok && !/\p{Cc}/u.test(sku.value) ? sku.value : undefined;
    }
    case "shopify_catalogue":
      return country === undefined || line.productId === undefined || line.variantId === undefined
        ? undefined
        : `shopify_${country}_${line.productId}_${line.variantId}`;
  }
}

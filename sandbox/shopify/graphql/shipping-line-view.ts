import type { MoneySet, OrderPayload } from "../orders/order-shape.ts";
import { moneyBag } from "./value-views.ts";

interface TaxLine {
  readonly title: string;
  readonly rate: number;
  readonly price_set: MoneySet;
}

/** The part of a webhook's shipping line that the Admin API shows too. */
interface ShippingLine {
  readonly id: bigint;
  readonly code: string | null;
  readonly title: string;
  readonly source: string | null;
  readonly is_removed?: boolean;
  readonly price_set: MoneySet;
  readonly discounted_price_set: MoneySet;
  readonly tax_lines: readonly TaxLine[];
}

/** Shipping lines as the Admin API shows them; removed ones only where they are asked for. */
export function viewShippingLines(order: OrderPayload, withRemoved: boolean) {
  const lines = (order["shipping_lines"] ?? []) as readonly ShippingLine[];
  return lines
    .filter((line) => withRemoved || line.is_removed !== true)
    .map((line) => ({
      __typename: "ShippingLine",
      id: `gid://shopify/ShippingLine/${line.id}`,
      code: line.code,
      title: line.title,
      source: line.source,
      isRemoved: line.is_removed === true,
      originalPriceSet: moneyBag(line.price_set),
      discountedPriceSet: moneyBag(line.discounted_price_set),
      taxLines: line.tax_lines.map((tax) => ({
        title: tax.title,
        rate: tax.rate,
        channelLiable: false,
        priceSet: moneyBag(tax.price_set),
      })),
    }));
}

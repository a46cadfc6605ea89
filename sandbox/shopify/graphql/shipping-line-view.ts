import type { MoneySet, OrderPayload } from "../orders/order-shape.ts";
import { moneyBag } from "./value-views.ts";

/** The part of a webhook's shipping line that is shown under another name. */
interface ShippingLine {
  readonly id: bigint;
  readonly is_removed?: boolean;
  readonly price_set: MoneySet;
}

/** Shipping lines as the Admin API shows them; removed ones only where they are asked for. */
export function viewShippingLines(order: OrderPayload, withRemoved: boolean) {
  const lines = (order["shipping_lines"] ?? []) as readonly ShippingLine[];
  return lines
    .filter((line) => withRemoved || line.is_removed !== true)
    .map((line) => ({
      ...line,
      __typename: "ShippingLine",
      id: `gid://shopify/ShippingLine/${line.id}`,
      isRemoved: line.is_removed === true,
      originalPriceSet: moneyBag(line.price_set),
    }));
}

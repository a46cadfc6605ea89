import { noteDrop } from "./mapping-notes.ts";
import type { MappingNotes } from "./mapping-notes.ts";
import type { CurrencySide, ValueBasis } from "./model.ts";
import { parseAmount } from "./money.ts";
import type { Amount } from "./money.ts";
import type { MoneyPair, MoneyText, OrderFacts } from "./order-facts.ts";

export interface Value {
  readonly amount: Amount;
  /** ISO 4217, upper case. */
  readonly currency: string;
  readonly from: string;
}

/** One side of a two-currency amount. */
export type Side = (money: MoneyPair | undefined) => MoneyText | undefined;

/**
 * The side to read every amount of an order from: value, currency and unit prices must come from the same one. The
 * presentment side is taken only where Shopify gives the total in it; a buyer who paid in the shop's currency has no
 * other side.
 */
export function chooseSide(order: OrderFacts, wanted: CurrencySide, notes: MappingNotes): Side {
  const shop: Side = (money) => money?.shop;
  if (wanted === "shop") return shop;
  if (order.total?.presentment !== undefined) return (money) => money?.presentment;
  if (order.presentmentCurrency !== undefined && order.presentmentCurrency !== order.currency) {
    noteDrop(notes, "currency", "order.current_total_price_set.presentment_money", "no_presentment_amount");
  }
  return shop;
}

/**
 * What the order is worth on one side, by Shopify's `current_*` amounts: after discounts, order edits, returns and
 * refunds. Tips and duties are part of what was paid and stay in. With goods G, shipping S and their taxes g and s:
 *
 *   total = G + S + g + s     without_tax = G + S     without_shipping = G + g     subtotal = G
 *
 * `taxes_included` decides whether Shopify's shipping price holds s already. Undefined where the total or a part that
 * must be taken off cannot be read; a wrong value would teach Meta's bidding the wrong lesson.
 */
export function readValue(
  order: OrderFacts,
  basis: ValueBasis,
  side: Side,
  notes: MappingNotes,
): Value | undefined {
  const total = side(order.total);
  if (total === undefined) return undefined;
  const currency = total.currency;
  if (currency === undefined) return refuse(notes, "currency", "order.currency", "no_currency");
  const whole = parseAmount(total.amount);
  if (whole === undefined) return refuse(notes, "value", "order.current_total_price", "not_an_amount");
  const parts = readParts(order, basis, side, notes);
  if (parts === undefined) return undefined;
  const { tax, shipping, shippingTax } = parts;
  const shippingNet = order.taxesIncluded ? shipping - shippingTax : shipping;
  const amount = {
    total: whole,
    without_tax: whole - tax,
    without_shipping: whole - shippingNet - shippingTax,
    subtotal: whole - tax - shippingNet,
  }[basis];
  return { amount: amount < 0n ? 0n : amount, currency, from: `order.current_total_price (${basis})` };
}

interface Parts {
  readonly tax: Amount;
  readonly shipping: Amount;
  readonly shippingTax: Amount;
}

const NOTHING: Parts = { tax: 0n, shipping: 0n, shippingTax: 0n };

/** Reads only what the basis needs, so that an unreadable tax cannot spoil a total. An absent part is 0. */
function readParts(order: OrderFacts, basis: ValueBasis, side: Side, notes: MappingNotes): Parts | undefined {
  if (basis === "total") return NOTHING;
  const tax = basis === "without_shipping" ? 0n : readPart(side(order.tax));
  if (tax === undefined) return refuse(notes, "value", "order.current_total_tax", "not_an_amount");
  if (basis === "without_tax") return { ...NOTHING, tax };
  const shipping = readPart(side(order.shippingPrice));
  if (shipping === undefined)
    return refuse(notes, "value", "order.current_shipping_price_set", "not_an_amount");
  let shippingTax = 0n;
  for (const money of shipping === 0n ? [] : order.shippingTaxes) {
    const part = readPart(side(money));
    if (part === undefined) return refuse(notes, "value", "order.shipping_lines.tax_lines", "not_an_amount");
    shippingTax += part;
  }
  return { tax, shipping, shippingTax };
}

function readPart(money: MoneyText | undefined): Amount | undefined {
  return money === undefined ? 0n : parseAmount(money.amount);
}

function refuse(
  notes: MappingNotes,
  key: string,
  from: string,
  reason: "no_currency" | "not_an_amount",
): undefined {
  noteDrop(notes, key, from, reason);
  return undefined;
}

import type { DropReason } from "../clean-text.ts";
import { noteDrop } from "../mapping-notes.ts";
import type { MappingNotes } from "../mapping-notes.ts";
import type { ValueBasis } from "../model.ts";
import { MAX_AMOUNT } from "./money.ts";
import type { Amount } from "./money.ts";
import { readAmount, sumAmounts } from "./money-side.ts";
import type { MoneySide, SideAmount } from "./money-side.ts";
import type { OrderFacts } from "../order/order-facts.ts";

export interface Value {
  readonly amount: Amount;
  /** ISO 4217, upper case. */
  readonly currency: string;
  readonly from: string;
}

/**
 * What the order is worth on one side, by Shopify's `current_*` amounts: after discounts, order edits, returns and
 * refunds. With goods G, shipping S, duties D, additional fees F, tips P and all their tax t (of which g is the goods'
 * and s the shipping's):
 *
 *   total = G + S + D + F + P + t     without_tax = G + S + D + F + P
 *   without_shipping = G + D + F + P + t - s     subtotal = G
 *
 * `taxes_included` decides whether Shopify's prices hold their tax already, so the four are the same either way.
 * Undefined where the total or a part that must be taken off cannot be known on this side, and where the result is
 * below 0 or beyond what an amount can be: a wrong value would teach Meta's bidding the wrong lesson.
 */
export function readValue(
  order: OrderFacts,
  basis: ValueBasis,
  side: MoneySide,
  notes: MappingNotes,
): Value | undefined {
  const refuse = (key: string, from: string, reason: DropReason): undefined => {
    noteDrop(notes, key, from, reason);
    return undefined;
  };
  const { currency } = side;
  const total = readAmount(order.total, side);
  if (total.kind === "absent") return refuse("value", TOTAL, "missing_amount");
  if (currency === undefined) return refuse("currency", "order.currency", "no_currency");
  const part: ReadPart = (from, read) => {
    if (read.kind === "absent") return 0n;
    if (read.kind === "unknown") return refuse("value", from, read.reason);
    return read.amount < 0n ? refuse("value", from, "negative_amount") : read.amount;
  };
  const whole = part(TOTAL, total);
  const amount = whole === undefined ? undefined : VALUES[basis](order, side, part, whole);
  if (whole === undefined || amount === undefined) return undefined;
  const from = basis === "subtotal" && order.subtotal !== undefined ? SUBTOTAL : TOTAL;
  if (amount < 0n) return refuse("value", from, "negative_amount");
  if (whole > MAX_AMOUNT || amount > MAX_AMOUNT) return refuse("value", from, "amount_too_large");
  return { amount, currency, from: `${from} (${basis})` };
}

const TOTAL = "order.current_total_price";
const SUBTOTAL = "order.current_subtotal_price";

/** The amount, 0 where the order does not have such a part; undefined, and noted, where it cannot be known. */
type ReadPart = (from: string, read: SideAmount) => Amount | undefined;

type ReadBasis = (order: OrderFacts, side: MoneySide, part: ReadPart, whole: Amount) => Amount | undefined;

/** Each reads only what it needs, so that an unreadable tax cannot spoil a total. */
const VALUES: Readonly<Record<ValueBasis, ReadBasis>> = {
  total: (_order, _side, _part, whole) => whole,
  without_tax: (order, side, part, whole) => minus(whole, [readTax(order, side, part)]),
  without_shipping: (order, side, part, whole) => {
    const shipping = readShipping(order, side, part);
    return minus(whole, [shipping?.net, shipping?.tax]);
  },
  subtotal: (order, side, part, whole) =>
    order.subtotal === undefined
      ? readGoodsFromTotal(order, side, part, whole)
      : readGoods(order, side, part),
};

/** Shopify's subtotal holds neither shipping, fees nor tips; its tax and duties only where prices include them. */
function readGoods(order: OrderFacts, side: MoneySide, part: ReadPart): Amount | undefined {
  const subtotal = part(SUBTOTAL, readAmount(order.subtotal, side));
  const duties = order.dutiesIncluded ? readDuties(order, side, part) : 0n;
  if (!order.taxesIncluded) return minus(subtotal, [duties]);
  const otherTax = [readShipping(order, side, part)?.tax, readDutyTax(order, side, part)];
  return minus(subtotal, [duties, minus(readTax(order, side, part), otherTax)]);
}

function readGoodsFromTotal(
  order: OrderFacts,
  side: MoneySide,
  part: ReadPart,
  whole: Amount,
): Amount | undefined {
  return minus(whole, [
    readTax(order, side, part),
    readShipping(order, side, part)?.net,
    readDuties(order, side, part),
    part("order.current_total_additional_fees_set", readAmount(order.fees, side)),
    part("order.total_tip_received", readAmount(order.tips, side)),
  ]);
}

function readTax(order: OrderFacts, side: MoneySide, part: ReadPart): Amount | undefined {
  return part("order.current_total_tax", readAmount(order.tax, side));
}

function readDuties(order: OrderFacts, side: MoneySide, part: ReadPart): Amount | undefined {
  return part("order.current_total_duties_set", readAmount(order.duties, side));
}

function readDutyTax(order: OrderFacts, side: MoneySide, part: ReadPart): Amount | undefined {
  return part("order.line_items.duties.tax_lines", sumAmounts(order.dutyTaxes, side));
}

/** Where shipping was refunded as a whole, its tax counts as refunded too: Shopify's tax lines keep it. */
function readShipping(
  order: OrderFacts,
  side: MoneySide,
  part: ReadPart,
): { readonly net: Amount; readonly tax: Amount } | undefined {
  const price = part("order.current_shipping_price_set", readAmount(order.shippingPrice, side));
  if (price === undefined) return undefined;
  if (price === 0n) return { net: 0n, tax: 0n };
  const tax = part("order.shipping_lines.tax_lines", sumAmounts(order.shippingTaxes, side));
  return tax === undefined ? undefined : { net: order.taxesIncluded ? price - tax : price, tax };
}

/** Undefined as soon as one of them is. */
function minus(whole: Amount | undefined, parts: readonly (Amount | undefined)[]): Amount | undefined {
  let rest = whole;
  for (const part of parts) rest = rest === undefined || part === undefined ? undefined : rest - part;
  return rest;
}

/**
 * One side of an order's money. Shopify states amounts in the shop's currency, the buyer's, or both; value, currency
 * and unit prices of one event all come from one side, or are not known. Nothing is converted here.
 */
import type { DropReason } from "../clean-text.ts";
import { noteDrop } from "../mapping-notes.ts";
import type { MappingNotes } from "../mapping-notes.ts";
import type { CurrencySide } from "../model.ts";
import { parseAmount } from "./money.ts";
import type { Amount } from "./money.ts";
import type { MoneyPair, MoneyText, OrderFacts } from "../order/order-facts.ts";

export interface MoneySide {
  readonly name: CurrencySide;
  /** ISO 4217, upper case; undefined where the order names none. */
  readonly currency: string | undefined;
}

/** `absent`: the order says nothing of it, on no side. `unknown`: it says something that cannot be used on this side. */
export type SideAmount =
  | { readonly kind: "known"; readonly amount: Amount }
  | { readonly kind: "absent" }
  | { readonly kind: "unknown"; readonly reason: DropReason };

const OTHER = { shop: "presentment", presentment: "shop" } as const;

/**
 * The side to read every amount of an order from. The presentment side is taken only where Shopify gives the total in
 * it; a buyer who paid in the shop's currency has no other side.
 */
export function chooseSide(order: OrderFacts, wanted: CurrencySide, notes: MappingNotes): MoneySide {
  const { total } = order;
  if (wanted === "presentment") {
    if (total?.presentment !== undefined) return { name: wanted, currency: total.presentment.currency };
    if (order.presentmentCurrency !== undefined && order.presentmentCurrency !== order.currency) {
      noteDrop(notes, "currency", "order.current_total_price_set.presentment_money", "no_presentment_amount");
    }
  }
  return { name: "shop", currency: total?.shop?.currency ?? order.currency };
}

/**
 * An amount on one side. Where both sides have one currency, one speaks for the other; 0 is 0 in every currency.
 * An amount that only the other side states is unknown, never 0.
 */
export function readAmount(money: MoneyPair | undefined, side: MoneySide): SideAmount {
  if (money === undefined) return { kind: "absent" };
  const own = money[side.name];
  const other = money[OTHER[side.name]];
  const text = own ?? (sameCurrency(other, side) ? other : undefined);
  if (text === undefined) {
    if (other !== undefined && parseAmount(other.amount) === 0n) return { kind: "known", amount: 0n };
    return { kind: "unknown", reason: side.name === "shop" ? "no_shop_amount" : "no_presentment_amount" };
  }
  const amount = parseAmount(text.amount);
  if (amount === undefined) return { kind: "unknown", reason: "not_an_amount" };
  if (amount !== 0n && text.currency !== undefined && !sameCurrency(text, side)) {
    return { kind: "unknown", reason: "other_currency" };
  }
  return { kind: "known", amount };
}

/** The sum of several amounts; one that is unknown makes the sum unknown, and of nothing it is 0. */
export function sumAmounts(money: readonly MoneyPair[], side: MoneySide): SideAmount {
  let sum = 0n;
  for (const each of money) {
    const part = readAmount(each, side);
    if (part.kind === "unknown") return part;
    if (part.kind === "known") sum += part.amount;
  }
  return { kind: "known", amount: sum };
}

function sameCurrency(money: MoneyText | undefined, side: MoneySide): boolean {
  return side.currency !== undefined && money?.currency === side.currency;
}

import { exchangeRate, formatMinor, minorFromDollars } from "./currencies.ts";
import { findVariant, type Product, type Variant } from "./catalogue.ts";
import type { MoneySet } from "./order-shape.ts";
import type { LineWish } from "./order-wish.ts";

/** The same amount on both sides, in minor units. */
export interface Both {
  readonly shop: number;
  readonly seen: number;
}

export interface PricedLine {
  readonly product: Product;
  readonly variant: Variant;
  readonly quantity: number;
  readonly sellingPlan: string | undefined;
  readonly unit: Both;
  readonly discount: Both;
  readonly tax: Both;
}

interface PriceTerms {
  readonly shopCurrency: string;
  readonly seenCurrency: string;
  readonly discountPercent: number;
  readonly shippingDollars: number;
  readonly taxRate: number;
  /** Prices contain the tax (most of the world) or it is added (North America). */
  readonly taxesIncluded: boolean;
}

export const ZERO: Both = { shop: 0, seen: 0 };
const add = (a: Both, b: Both): Both => ({ shop: a.shop + b.shop, seen: a.seen + b.seen });
const minus = (a: Both, b: Both): Both => ({ shop: a.shop - b.shop, seen: a.seen - b.seen });
const times = (a: Both, factor: number): Both => ({
  shop: Math.round(a.shop * factor),
  seen: Math.round(a.seen * factor),
});
const sum = (amounts: readonly Both[]): Both => amounts.reduce(add, ZERO);

/** Prices lines in minor units on both sides; every total is the sum of its rounded parts, so the sides add up. */
export function priceOrder(wishes: readonly LineWish[], terms: PriceTerms) {
  const rate = exchangeRate(terms.shopCurrency, terms.seenCurrency);
  const fromDollars = (dollars: number): Both => {
    const shop = minorFromDollars(dollars, terms.shopCurrency);
    const whole = Number(formatMinor(shop, terms.shopCurrency));
    const decimals = formatMinor(0, terms.seenCurrency).split(".")[1]?.length ?? 0;
    return { shop, seen: Math.round(whole * rate * 10 ** decimals) };
  };
  const lines = wishes.map((wish): PricedLine => {
    const found = findVariant(wish.variantId);
    if (!found) throw new Error(`no variant ${wish.variantId} in the catalogue`);
    const unit = fromDollars(found.variant.dollars);
    const gross = times(unit, wish.quantity);
    const discount = times(gross, terms.discountPercent / 100);
    const net = minus(gross, discount);
    const tax = terms.taxesIncluded
      ? times(net, terms.taxRate / (1 + terms.taxRate))
      : times(net, terms.taxRate);
    return { ...found, quantity: wish.quantity, sellingPlan: wish.sellingPlan, unit, discount, tax };
  });
  const goods = sum(lines.map((line) => times(line.unit, line.quantity)));
  const discount = sum(lines.map((line) => line.discount));
  const tax = sum(lines.map((line) => line.tax));
  const shipping = terms.shippingDollars > 0 ? fromDollars(terms.shippingDollars) : ZERO;
  const subtotal = minus(goods, discount);
  const total = add(add(subtotal, shipping), terms.taxesIncluded ? ZERO : tax);
  const { taxRate, taxesIncluded } = terms;
  return { lines, goods, discount, subtotal, shipping, tax, total, taxRate, taxesIncluded };
}
/** Lines before and after discounts, shipping, tax, and what the buyer pays. */
export type PricedOrder = ReturnType<typeof priceOrder>;

/** Writer of Shopify's `*_set` objects and plain shop-side strings for one order's pair of currencies. */
export function moneyWriter(shopCurrency: string, seenCurrency: string) {
  const plain = (both: Both): string => formatMinor(both.shop, shopCurrency);
  const set = (both: Both): MoneySet => ({
    shop_money: { amount: plain(both), currency_code: shopCurrency },
    presentment_money: { amount: formatMinor(both.seen, seenCurrency), currency_code: seenCurrency },
  });
  /** `price` and `price_set`, as most amounts come. */
  const pair = <const K extends string>(key: K, both: Both) =>
    ({ [key]: plain(both), [`${key}_set`]: set(both) }) as Record<K, string> & Record<`${K}_set`, MoneySet>;
  return { plain, set, pair };
}
export type MoneyWriter = ReturnType<typeof moneyWriter>;

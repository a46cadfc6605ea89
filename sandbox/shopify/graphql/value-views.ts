import { formatMinor } from "../orders/currencies.ts";
import type { MoneySet, OrderPayload } from "../orders/order-shape.ts";

/** DateTime as the Admin API writes it: UTC, whole seconds. */
export const isoSeconds = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** The Admin API trims money to one decimal where the rest is zero: "18.0", "38.36". */
const decimal = (amount: string): string => {
  const [whole = "0", cents = ""] = amount.split(".");
  return `${whole}.${cents.replace(/0+$/, "") || "0"}`;
};

export const moneyBag = (set: MoneySet) => ({
  shopMoney: { amount: decimal(set.shop_money.amount), currencyCode: set.shop_money.currency_code },
  presentmentMoney: {
    amount: decimal(set.presentment_money.amount),
    currencyCode: set.presentment_money.currency_code,
  },
});

/** The same number of minor units on both sides; good for zero. */
export const viewMoney = (minor: number, order: Pick<OrderPayload, "currency" | "presentment_currency">) =>
  moneyBag({
    shop_money: { amount: formatMinor(minor, order.currency), currency_code: order.currency },
    presentment_money: {
      amount: formatMinor(minor, order.presentment_currency),
      currency_code: order.presentment_currency,
    },
  });

/** Arithmetic on both sides of a money set, rounded to the currency's minor unit. */
export function mapMoney(set: MoneySet, change: (amount: number, side: keyof MoneySet) => number): MoneySet {
  const side = (name: keyof MoneySet) => {
    const decimals = set[name].amount.split(".")[1]?.length ?? 0;
    return { ...set[name], amount: change(Number(set[name].amount), name).toFixed(decimals) };
  };
  return { shop_money: side("shop_money"), presentment_money: side("presentment_money") };
}

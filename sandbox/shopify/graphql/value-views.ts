import { defaultFieldResolver, getNamedType, type GraphQLFieldResolver } from "graphql";
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

/**
 * A field by its own name, else the webhook's field of the same name in snake case: `cartToken` is `cart_token`,
 * `totalTaxSet` is `total_tax_set`. Times and money change their form on the way; what the webhook lacks is null.
 */
export const resolveField: GraphQLFieldResolver<unknown, unknown> = (source, args, context, info) => {
  if (typeof source !== "object" || source === null || info.fieldName in source) {
    return defaultFieldResolver(source, args, context, info);
  }
  const key = info.fieldName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const value: unknown = Reflect.get(source, key);
  if (value === undefined || value === null) return null;
  switch (getNamedType(info.returnType).name) {
    case "MoneyBag":
      return moneyBag(value as MoneySet);
    case "DateTime":
      return isoSeconds(Date.parse(String(value)));
    default:
      return value;
  }
};

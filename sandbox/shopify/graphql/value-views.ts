import { defaultFieldResolver, getNamedType, type GraphQLFieldResolver } from "graphql";
import type { Money, MoneySet } from "../orders/order-shape.ts";

/** DateTime as the Admin API writes it: UTC, whole seconds. */
export const isoSeconds = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** The Admin API trims money to one decimal where the rest is zero: "18.0", "38.36". */
const decimal = (amount: string): string => {
  const [whole = "0", cents = ""] = amount.split(".");
  return `${whole}.${cents.replace(/0+$/, "") || "0"}`;
};

const viewSide = (side: Money) => ({ amount: decimal(side.amount), currencyCode: side.currency_code });

export const moneyBag = (set: MoneySet) => ({
  shopMoney: viewSide(set.shop_money),
  presentmentMoney: viewSide(set.presentment_money),
});

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

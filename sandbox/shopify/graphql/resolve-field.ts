import { defaultFieldResolver, getNamedType, type GraphQLFieldResolver } from "graphql";
import type { MoneySet } from "../orders/order-shape.ts";
import { isoSeconds, moneyBag } from "./value-views.ts";

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

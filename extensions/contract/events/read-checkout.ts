import type { EventParameters, ParameterChoices } from "./event-declaration.ts";
import { contentsOf, fieldsOf, listOf, moneyOf, quantityOf, roundAmount } from "./read-goods.ts";

/**
 * A checkout's parameters: its lines, and its value by the store's basis from the prices that Shopify states. What a basis
 * needs and Shopify does not state (a tax not yet known) counts as nothing, as it does for the buyer at that moment.
 */
export function checkoutParameters(data: unknown, choices: ParameterChoices): EventParameters | null {
  const checkout = fieldsOf(fieldsOf(data)["checkout"]);
  const total = moneyOf(checkout["totalPrice"]);
  const country = fieldsOf(fieldsOf(checkout["localization"])["country"])["isoCode"];
  const lines = listOf(checkout["lineItems"]).map((line) => {
    const { variant, quantity } = fieldsOf(line);
    const pieces = quantityOf(quantity);
    const paid = moneyOf(fieldsOf(line)["finalLinePrice"]);
    return { variant, quantity: pieces, price: paid && roundAmount(paid.amount / pieces) };
  });
  const place = typeof country === "string" && /^[A-Z]{2}$/.test(country) ? { ...choices, country } : choices;
  const goods = contentsOf(lines, place);
  if (!total) return goods.contents ? goods : null;
  const amountOf = (name: string) => moneyOf(checkout[name])?.amount ?? 0;
  const shipping = moneyOf(fieldsOf(checkout["shippingLine"])["price"])?.amount ?? 0;
  const value = {
    total: total.amount,
    without_tax: total.amount - amountOf("totalTax"),
    without_shipping: total.amount - shipping,
    subtotal: moneyOf(checkout["subtotalPrice"])?.amount ?? total.amount,
  }[choices.valueBasis];
  return { ...goods, value: roundAmount(Math.max(0, value)), currency: total.currency };
}

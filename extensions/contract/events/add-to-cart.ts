import { declareEvent } from "./event-declaration.ts";
import { contentsOf, fieldsOf, moneyOf, quantityOf, roundAmount, textOf } from "./read-goods.ts";

/** Something was put into the cart. */
export const addToCart = declareEvent({
  name: "AddToCart",
  from: "web_pixel",
  shopifyEvent: "product_added_to_cart",
  choices: ["both", "browser", "off"],
  default: "both",
  priority: 4,
  parameters: (data, choices) => {
    const line = fieldsOf(fieldsOf(data)["cartLine"]);
    const variant = fieldsOf(line["merchandise"]);
    const quantity = quantityOf(line["quantity"]);
    const cost = moneyOf(fieldsOf(line["cost"])["totalAmount"]);
    const unit = moneyOf(variant["price"]);
    const price = cost ? roundAmount(cost.amount / quantity) : unit?.amount;
    const goods = contentsOf([{ variant, quantity, price }], choices);
    const value = cost?.amount ?? (unit && roundAmount(unit.amount * quantity));
    const currency = cost?.currency ?? unit?.currency;
    const name = textOf(fieldsOf(variant["product"])["title"]);
    if (!goods.contents && value === undefined) return null;
    return {
      ...goods,
      ...(name && { content_name: name }),
      ...(value !== undefined && currency && { value, currency }),
    };
  },
});

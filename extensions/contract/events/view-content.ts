import { declareEvent } from "./event-declaration.ts";
import { contentsOf, fieldsOf, moneyOf, textOf } from "./read-goods.ts";

/** A product's page was seen. */
export const viewContent = declareEvent({
  name: "ViewContent",
  from: "web_pixel",
  shopifyEvent: "product_viewed",
  choices: ["both", "browser", "off"],
  default: "both",
  priority: 3,
  parameters: (data, choices) => {
    const variant = fieldsOf(fieldsOf(data)["productVariant"]);
    const price = moneyOf(variant["price"]);
    const product = fieldsOf(variant["product"]);
    const goods = contentsOf([{ variant, quantity: 1, price: price?.amount }], choices);
    const [name, category] = [textOf(product["title"]), textOf(product["type"])];
    if (!goods.contents && !price) return null;
    return {
      ...goods,
      ...(name && { content_name: name }),
      ...(category && { content_category: category }),
      ...(price && { value: price.amount, currency: price.currency }),
    };
  },
});

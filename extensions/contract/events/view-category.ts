import { declareEvent } from "./event-declaration.ts";
import { contentsOf, fieldsOf, listOf, textOf } from "./read-goods.ts";

/** A collection's page was seen. Meta has no standard event for it; shops and catalogues know this name. */
export const viewCategory = declareEvent({
  name: "ViewCategory",
  isCustom: true,
  from: "web_pixel",
  shopifyEvent: "collection_viewed",
  choices: ["both", "browser", "off"],
  default: "off",
  priority: 2,
  parameters: (data, choices) => {
    const collection = fieldsOf(fieldsOf(data)["collection"]);
    const lines = listOf(collection["productVariants"]).map((variant) => ({ variant, quantity: 1 }));
    const { content_ids, content_type } = contentsOf(lines, choices);
    const name = textOf(collection["title"]);
    if (!name && !content_ids) return null;
    return {
      ...(content_ids && content_type && { content_ids, content_type }),
      ...(name && { content_name: name, content_category: name }),
    };
  },
});

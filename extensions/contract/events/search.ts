import { declareEvent } from "./event-declaration.ts";
import { contentsOf, fieldsOf, listOf, textOf } from "./read-goods.ts";

/** What people type into a search box is sometimes themselves: an address, a telephone number, an order's number. */
const PERSONAL = /@|\d(?:[\s().+-]?\d){6}/;

/** A search of the shop was made. */
export const search = declareEvent({
  name: "Search",
  from: "web_pixel",
  shopifyEvent: "search_submitted",
  choices: ["both", "browser", "off"],
  default: "off",
  priority: 2,
  parameters: (data, choices) => {
    const result = fieldsOf(fieldsOf(data)["searchResult"]);
    const lines = listOf(result["productVariants"]).map((variant) => ({ variant, quantity: 1 }));
    const { content_ids, content_type } = contentsOf(lines, choices);
    const query = textOf(result["query"]);
    const words = query && !PERSONAL.test(query) ? query : undefined;
    if (!words && !content_ids) return null;
    return {
      ...(words && { search_string: words }),
      ...(content_ids && content_type && { content_ids, content_type }),
    };
  },
});

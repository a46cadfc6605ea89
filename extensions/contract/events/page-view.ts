import { declareEvent } from "./event-declaration.ts";

/** A page was seen: only the page itself can say so, and nothing is won by telling Meta twice. */
export const pageView = declareEvent({
  name: "PageView",
  from: "embed",
  choices: ["browser", "off"],
  default: "browser",
  priority: 1,
});

import { type Check } from "../../check.ts";
import { realOrders } from "../../facts/choose-orders.ts";
import { judgeAny } from "../../judge-share.ts";

/** Two browsers say that they sent the copy of one order: with one event ID Meta counts once, but something fires that should not. */
export const browserSentTwice: Check = {
  code: "browserSentTwice",
  area: "ids",
  severity: "critical",
  source: "Tandem",
  threshold: "any order whose copy more than one browser says it sent",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }) =>
    judgeAny(
      orders.list,
      realOrders(orders.list).filter(({ browserSends }) => browserSends > 1),
      "critical",
    ),
};

import { type Check } from "../../check.ts";
import { judgeAny } from "../../judge-share.ts";

const ELSEWHERE = ["pos", "draft", "subscription_renewal", "import"];

/** Sales that were not made on the website, sent as if they were. */
export const wrongActionSource: Check = {
  code: "wrongActionSource",
  area: "money",
  severity: "medium",
  source: "Meta",
  threshold: "any test order, renewal, draft, import or sale at a till that was sent as a website purchase",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }) =>
    judgeAny(
      orders.list,
      orders.list.filter(
        (order) =>
          (order.isTest || ELSEWHERE.includes(order.source)) &&
          order.server.some(
            ({ state, sent }) => state === "delivered" && (order.isTest || sent?.actionSource === "website"),
          ),
      ),
      "medium",
    ),
};

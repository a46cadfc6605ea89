import { type Check } from "../../check.ts";
import { realOrders, sentCopies } from "../../facts/choose-orders.ts";
import { judgeAny } from "../../judge-share.ts";

/** Meta's standard events, and the ones that Tandem sends beside them. */
const STANDARD = [
  "AddPaymentInfo",
  "AddToCart",
  "AddToWishlist",
  "CompleteRegistration",
  "Contact",
  "CustomizeProduct",
  "Donate",
  "FindLocation",
  "InitiateCheckout",
  "Lead",
  "PageView",
  "Purchase",
  "Schedule",
  "Search",
  "StartTrial",
  "SubmitApplication",
  "Subscribe",
  "ViewContent",
  "ViewCategory",
];

/** Meta compares names by case; a synonym is a custom event that no campaign optimises for. */
export const eventNames: Check = {
  code: "eventNames",
  area: "ids",
  severity: "medium",
  source: "Meta",
  threshold: "any event whose name is not Meta's own, such as “purchase” or “CompletePurchase”",
  fromFiles: true,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }) =>
    judgeAny(
      orders.list,
      realOrders(orders.list).filter((order) =>
        sentCopies(order).some(({ eventName }) => eventName !== null && !STANDARD.includes(eventName)),
      ),
      "medium",
    ),
};

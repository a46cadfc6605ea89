import { type Check, failsFor, HOLDS, isBelow, notKnown } from "../../check.ts";
import { deliveredCopies, FEWEST_ORDERS, isDelivered, webOrders } from "../../facts/choose-orders.ts";

/** The browser ID comes from the theme embed and the web pixel. */
export const fbpCoverage: Check = {
  code: "fbpCoverage",
  area: "identity",
  severity: "high",
  source: "Tandem",
  threshold:
    "fewer than 70 % of at least 30 delivered online orders with consent that carry the browser ID _fbp",
  fromFiles: false,
  mend: { url: "/app#connections", name: "audit.mend.overview" },
  judge: ({ orders }, isOpen) => {
    const looked = webOrders(orders.list).filter((order) => isDelivered(order) && order.consent !== "skip");
    if (looked.length < FEWEST_ORDERS) return notKnown("too_few");
    const bare = looked.filter((order) => !deliveredCopies(order).some(({ keys }) => keys.includes("fbp")));
    const share = 1 - bare.length / looked.length;
    if (!isBelow(share, 0.7, isOpen)) return HOLDS;
    return failsFor(bare, { severity: "high", certainty: "proven", values: { share }, looked });
  },
};

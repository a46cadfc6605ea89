import { type Check, failsFor, HOLDS, isBelow, notKnown } from "../../check.ts";
import { deliveredCopies, isDelivered, webOrders } from "../../facts/choose-orders.ts";

/** Orders whose landing page named Meta's click ID, and whose event does not carry it. */
export const fbcCoverage: Check = {
  code: "fbcCoverage",
  area: "identity",
  severity: "high",
  source: "Tandem",
  threshold:
    "fewer than 90 % of at least 20 delivered orders that began with a click on an ad carry the click ID",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }, isOpen) => {
    const looked = webOrders(orders.list).filter((order) => isDelivered(order) && order.landedByAd === true);
    if (looked.length < 20) return notKnown("too_few");
    const bare = looked.filter((order) => !deliveredCopies(order).some(({ keys }) => keys.includes("fbc")));
    const share = 1 - bare.length / looked.length;
    if (!isBelow(share, 0.9, isOpen)) return HOLDS;
    return failsFor(bare, { severity: "high", certainty: "proven", values: { share }, looked });
  },
};

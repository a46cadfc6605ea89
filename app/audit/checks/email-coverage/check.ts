import { compareWithUsual, hasFallen } from "../../baseline.ts";
import { type Check, failsFor, HOLDS, isBelow, notKnown } from "../../check.ts";
import { deliveredCopies, FEWEST_ORDERS, isDelivered, webOrders } from "../../facts/choose-orders.ts";
import { keyShare } from "../../facts/sum-days.ts";

/** E-mail is what Meta matches best. */
export const emailCoverage: Check = {
  code: "emailCoverage",
  area: "identity",
  severity: "high",
  source: "Tandem",
  threshold:
    "fewer than 95 % of at least 30 delivered online orders with an e-mail address (medium; high below 80 % or 10 points below the store's usual)",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders, days }, isOpen) => {
    const looked = webOrders(orders.list).filter(isDelivered);
    if (looked.length < FEWEST_ORDERS) return notKnown("too_few");
    const bare = looked.filter((order) => !deliveredCopies(order).some(({ keys }) => keys.includes("em")));
    const share = 1 - bare.length / looked.length;
    const usual = compareWithUsual(days, keyShare("em"));
    const hasDropped = usual !== undefined && hasFallen(usual, 0.1, isOpen);
    if (!hasDropped && !isBelow(share, 0.95, isOpen)) return HOLDS;
    const severity = hasDropped || share < 0.8 ? "high" : "medium";
    return failsFor(bare, { severity, certainty: "proven", values: { share }, looked });
  },
};

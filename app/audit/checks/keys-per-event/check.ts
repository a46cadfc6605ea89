import { type Check, fails, HOLDS, notKnown } from "../../check.ts";
import { deliveredCopies, FEWEST_ORDERS, isDelivered, webOrders } from "../../facts/choose-orders.ts";

/** How much an online order tells of its buyer. */
export const keysPerEvent: Check = {
  code: "keysPerEvent",
  area: "identity",
  severity: "high",
  source: "Tandem",
  threshold:
    "fewer than 6 keys of customer information (medium) or fewer than 4 (high) on the average of at least 30 delivered online orders",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }, isOpen) => {
    const looked = webOrders(orders.list).filter(isDelivered);
    if (looked.length < FEWEST_ORDERS) return notKnown("too_few");
    const mean =
      looked.reduce(
        (sum, order) => sum + Math.max(...deliveredCopies(order).map(({ keys }) => keys.length)),
        0,
      ) / looked.length;
    if (mean >= (isOpen ? 6.25 : 6)) return HOLDS;
    return fails({
      severity: mean < 4 ? "high" : "medium",
      certainty: "proven",
      values: { mean: mean.toFixed(1) },
    });
  },
};

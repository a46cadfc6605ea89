import { type Check, failsFor, HOLDS, isAbove, notKnown } from "../../check.ts";
import { type AuditedOrder } from "../../facts/audited-order.ts";
import { FEWEST_ORDERS, realOrders } from "../../facts/choose-orders.ts";

const LATE_MS = 5 * 60_000;

const isLate = ({ receivedAt, paidAt }: AuditedOrder): boolean =>
  receivedAt !== null && receivedAt - paidAt > LATE_MS;

/** Shopify's webhooks come late or not at all; the sweep finds what did not come. */
export const webhookLate: Check = {
  code: "webhookLate",
  area: "sender",
  severity: "high",
  source: "Tandem",
  threshold:
    "one webhook in 20 more than 5 minutes late (medium), or more than 1 % of orders found by the sweep (high)",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }, isOpen) => {
    const looked = realOrders(orders.list).filter(({ via }) => via === "webhook" || via === "sweep");
    if (looked.length < FEWEST_ORDERS) return notKnown("too_few");
    const swept = looked.filter(({ via }) => via === "sweep");
    const missed = swept.length / looked.length;
    if (swept.length >= 3 && isAbove(missed, 0.01, isOpen))
      return failsFor(swept, { severity: "high", certainty: "proven", values: { share: missed }, looked });
    const late = looked.filter((order) => order.via === "webhook" && isLate(order));
    const share = late.length / looked.length;
    if (!isAbove(share, 0.05, isOpen)) return HOLDS;
    return failsFor(late, { severity: "medium", certainty: "proven", values: { share }, looked });
  },
};

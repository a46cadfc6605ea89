import { type Check, failsFor, HOLDS, isAbove, notKnown } from "../../check.ts";
import { type AuditedOrder } from "../../facts/audited-order.ts";
import { FEWEST_ORDERS, isDelivered, realOrders } from "../../facts/choose-orders.ts";

const HOUR_MS = 3_600_000;

const delayOf = ({ server, paidAt }: AuditedOrder): number =>
  Math.max(
    0,
    ...server.flatMap(({ firstSentAt, askedAt }) =>
      firstSentAt !== null && askedAt === null ? [firstSentAt - paidAt] : [],
    ),
  );

/** How long a paid order waits until Meta has it: Meta asks for an hour. */
export const sentLate: Check = {
  code: "sentLate",
  area: "time",
  severity: "critical",
  source: "Meta",
  threshold:
    "more than 1 % of at least 30 orders sent more than 1 hour (medium), 2 hours (high) or 24 hours (critical) after the payment",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }, isOpen) => {
    const looked = realOrders(orders.list).filter(isDelivered);
    if (looked.length < FEWEST_ORDERS) return notKnown("too_few");
    for (const [hours, severity] of [
      [24, "critical"],
      [2, "high"],
      [1, "medium"],
    ] as const) {
      const late = looked.filter((order) => delayOf(order) > hours * HOUR_MS);
      const share = late.length / looked.length;
      if (isAbove(share, 0.01, isOpen))
        return failsFor(late, { severity, certainty: "proven", values: { share, hours }, looked });
    }
    return HOLDS;
  },
};

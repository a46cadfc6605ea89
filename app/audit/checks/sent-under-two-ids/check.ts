import { type Check } from "../../check.ts";
import { realOrders, sentCopies } from "../../facts/choose-orders.ts";
import { judgeAny } from "../../judge-share.ts";

/** The same order under two IDs, such as after a change of the rule or a resend by another tool. */
export const sentUnderTwoIds: Check = {
  code: "sentUnderTwoIds",
  area: "ids",
  severity: "critical",
  source: "Meta",
  threshold: "any order that was sent under two event IDs",
  fromFiles: true,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ orders }) => {
    const byOrder = Map.groupBy(
      realOrders(orders.list).filter(({ orderId }) => orderId !== null),
      ({ orderId }) => orderId,
    );
    const doubled = [...byOrder.values()].filter((group) => {
      const ids = group.flatMap((order) =>
        sentCopies(order).flatMap(({ eventId }) => (eventId ? [eventId] : [])),
      );
      return new Set(ids).size > 1;
    });
    return judgeAny(
      orders.list,
      doubled.flatMap(([first]) => (first ? [first] : [])),
      "critical",
    );
  },
};

import { type Check } from "../../check.ts";
import { bothCopies, realOrders } from "../../facts/choose-orders.ts";
import { judgeAny } from "../../judge-share.ts";

/** Two IDs for one sale, such as 1001 and #1001: counted twice. */
export const eventIdForm: Check = {
  code: "eventIdForm",
  area: "ids",
  severity: "critical",
  source: "Meta",
  threshold: "any order whose two copies carry different event IDs",
  fromFiles: true,
  mend: { url: "/app/events?pairing=mismatched", name: "audit.mend.events" },
  judge: ({ orders }) =>
    judgeAny(
      orders.list,
      realOrders(orders.list).filter((order) => {
        const both = bothCopies(order);
        return (
          both &&
          both.browser.eventId !== null &&
          both.server.eventId !== null &&
          both.browser.eventId !== both.server.eventId
        );
      }),
      "critical",
    ),
};

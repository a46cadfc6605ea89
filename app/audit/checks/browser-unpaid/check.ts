import { type Check, fails, HOLDS, notKnown } from "../../check.ts";

/** A browser's copy without a paid order: a purchase that did not happen, or an order that did not reach us. */
export const browserUnpaid: Check = {
  code: "browserUnpaid",
  area: "ids",
  severity: "critical",
  source: "Tandem",
  threshold: "any browser that says it sent a purchase of which no paid order is known after 6 hours",
  fromFiles: false,
  mend: { url: "/app/events", name: "audit.mend.events" },
  judge: ({ strayReports }) => {
    if (strayReports === null) return notKnown("not_in_files");
    if (strayReports.count === 0) return HOLDS;
    return fails({
      severity: "critical",
      certainty: "reported",
      since: strayReports.since,
      orders: strayReports.count,
      values: { count: strayReports.count },
    });
  },
};
